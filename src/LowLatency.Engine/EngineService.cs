using LowLatency.Feeds;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LowLatency.Engine;

/// <summary>Runs the engine as long as its host runs, and stops the host when a thread of the engine fails.</summary>
/// <param name="engine">The engine.</param>
/// <param name="lifetime">The host's.</param>
/// <param name="logger">For start, stop and failure.</param>
internal sealed class EngineService(MarketEngine engine, IHostApplicationLifetime lifetime, ILogger<MarketEngine> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        engine.Start();
        string indicators = string.Join(", ", engine.Streams.Channels.Indicators.Select(i => i.Name));
        string feeds = engine.Feeds.Count == 0 ? "none" : string.Join(", ", engine.Feeds.Select(f => f.Name));
        EngineLog.Started(logger, feeds, engine.Streams.Channels.Bars.Count, indicators, engine.Settings.Engine.Idle.ToString());
        _ = WatchAsync();
        _ = TellWhenDrainedAsync();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            engine.Stop();
            EngineLog.Stopped(logger, engine.Taken);
        },
        CancellationToken.None);

    private async Task WatchAsync()
    {
        try
        {
            await engine.Completion.ConfigureAwait(false);
        }
        catch (Exception thrown)
        {
            EngineLog.ThreadFailed(logger, "engine", thrown);
            lifetime.StopApplication();
        }
    }

    private async Task TellWhenDrainedAsync()
    {
        await engine.Drained.ConfigureAwait(false);
        foreach (Feed feed in engine.Feeds.Where(f => f.Completed)) EngineLog.FeedEnded(logger, feed.Name, feed.Published);
    }
}
