using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Engine.Settings;
using LowLatency.Feeds;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LowLatency.Engine;

/// <summary>
/// Runs the engine as long as its host runs, and stops the host when a thread of the engine fails. It starts when all other services of the host
/// have, so that a reader among them, the gateway for one, misses no record; and it stops before them.
/// </summary>
/// <param name="engine">The engine.</param>
/// <param name="lifetime">The host's.</param>
/// <param name="logger">For start, stop and failure.</param>
/// <param name="clock">How the clock was chosen; null when it is the application's own.</param>
/// <param name="reload">Follows the configuration while the engine runs; null for nobody.</param>
internal sealed class EngineService(MarketEngine engine, IHostApplicationLifetime lifetime, ILogger<MarketEngine> logger, ClockChoice? clock = null, SettingsReload? reload = null) : IHostedLifecycleService
{
    private Task _watch = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        engine.Start();
        string indicators = string.Join(", ", engine.Streams.Channels.Indicators.Select(i => i.Name));
        string feeds = engine.Feeds.Count == 0 ? "none" : string.Join(", ", engine.Feeds.Select(f => f.Name));
        EngineLog.Started(logger, feeds, engine.Streams.Channels.Bars.Count, indicators, engine.Settings.Engine.Idle.ToString());
        EngineLog.Chosen(logger, engine.Native.Reason, clock?.Reason ?? "the application's own clock");
        if (InstrumentMemory.Problem(engine.Settings.Engine.MaxInstruments, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) is { } problem) EngineLog.MemoryMayNotDo(logger, problem);
        _watch = WatchAsync();
        reload?.Start();
        _ = TellRefusalsAsync();
        _ = TellWhenDrainedAsync();
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        reload?.Dispose();
        // When the host's patience is over, a reader that gates the output and does not read must not hold it up.
        using CancellationTokenRegistration patience = cancellationToken.Register(engine.Abandon);
        await Task.Run(engine.Stop, CancellationToken.None).ConfigureAwait(false);
        await _watch.ConfigureAwait(false);
        EngineLog.Stopped(logger, engine.Taken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task TellRefusalsAsync()
    {
        foreach (PlacementRefusal refusal in await engine.Placed.ConfigureAwait(false)) EngineLog.PlacementRefused(logger, refusal);
    }

    private async Task WatchAsync()
    {
        try
        {
            await engine.Completion.ConfigureAwait(false);
        }
        catch (Exception)
        {
            foreach ((string thread, Exception thrown) in engine.Failures) EngineLog.ThreadFailed(logger, thread, thrown);
            lifetime.StopApplication();
        }
    }

    private async Task TellWhenDrainedAsync()
    {
        await engine.Drained.ConfigureAwait(false);
        foreach (Feed feed in engine.Feeds.Where(f => f.Completed)) EngineLog.FeedEnded(logger, feed.Name, feed.Published);
    }
}
