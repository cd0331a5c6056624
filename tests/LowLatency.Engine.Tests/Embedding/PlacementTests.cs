using System.Collections.Concurrent;
using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Core.Native;
using LowLatency.Engine.Pipeline;
using LowLatency.Engine.Settings;
using LowLatency.Market.Records;
using LowLatency.Market.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LowLatency.Engine.Tests.Embedding;

/// <summary>What the settings of native library, clock and placement do to an engine.</summary>
public sealed class PlacementTests
{
    private readonly ThreadPlacer _placer = NativeFactory.Choose(NativeMode.Off).CreateThreadPlacer();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Should_List_Placements_That_Cannot_Be_And_What_Is_Allowed()
    {
        SettingsException thrown = Assert.Throws<SettingsException>(() => DeskHost.Build(
            _ => { },
            ("feed.kind", "none"),
            ("engine.placement.pipeline_cpus", "100000;100000"),
            ("engine.placement.feed_cpus", "-1"),
            ("engine.placement.fifo_priority", "5"),
            ("engine.placement.nice", "-5"),
            ("engine.native", "maybe")));
        Assert.Equal(4, thrown.Mistakes.Count);
        Assert.Contains(thrown.Mistakes, m => m.StartsWith("engine.placement.pipeline_cpus: this process has no CPU 100000; allowed is ", StringComparison.Ordinal));
        Assert.Contains(thrown.Mistakes, m => m.StartsWith("engine.placement.feed_cpus: this process has no CPU -1; allowed is ", StringComparison.Ordinal));
        Assert.Contains(thrown.Mistakes, m => m.StartsWith("engine.placement.nice: has no meaning with engine.placement.fifo_priority", StringComparison.Ordinal));
        Assert.Contains(thrown.Mistakes, m => m.StartsWith("engine.native: 'maybe' is not allowed; allowed is auto, on, off", StringComparison.Ordinal));
        Assert.Contains("99", Assert.Single(Assert.Throws<SettingsException>(() => DeskHost.Build(_ => { }, ("engine.placement.fifo_priority", "100"))).Mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Refuse_The_Counters_Clock_Without_The_Library()
    {
        SettingsException thrown = Assert.Throws<SettingsException>(() => DeskHost.Build(_ => { }, ("feed.kind", "none"), ("engine.native", "off"), ("engine.clock", "tsc")));
        Assert.StartsWith("engine.clock: tsc cannot be used: ", Assert.Single(thrown.Mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Refuse_To_Go_On_Without_A_Library_That_Is_Asked_For()
    {
        Assert.SkipWhen(NativeFactory.Problem is null, "the native library is there");
        SettingsException thrown = Assert.Throws<SettingsException>(() => DeskHost.Build(_ => { }, ("feed.kind", "none"), ("engine.native", "on")));
        Assert.StartsWith("engine.native: on, and the native library cannot be used: ", Assert.Single(thrown.Mistakes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("off")]
    public async Task Should_Run_Its_Threads_Where_It_Was_Told(string native)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "threads are placed on Linux");
        int cpu = _placer.AllowedCpus()[^1];
        TickRecord[] script = [Ticks.Trade(Ticks.Start, 10)];
        using IHost host = DeskHost.Build(
            e => e.AddStage<PlaceStage>().AddFeed((_, context) => new ScriptedFeed(context, script, 2, "DESK")),
            ("feed.kind", "none"), ("engine.native", native), ("engine.placement.pipeline_cpus", $"{cpu}"), ("engine.placement.nice", "1"));
        await host.StartAsync(Token);
        await host.Engine().Drained.WaitAsync(EngineRun.Patience, Token);
        Assert.Empty(await host.Engine().Placed.WaitAsync(EngineRun.Patience, Token));
        await host.StopAsync(Token);
        Assert.Equal([cpu], host.Services.GetRequiredService<PlaceStage>().Cpus);
        Assert.Equal(native != "off" && NativeFactory.Problem is null, host.Engine().Native.IsNative);
    }

    [Fact]
    public async Task Should_Run_On_And_Tell_When_The_System_Refuses()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "threads are placed on Linux");
        // Not through the configuration, whose check would find it.
        LowLatencySettings settings = EngineRun.Settings();
        settings.Engine.Placement.PipelineCpus = [60_000];
        using var engine = new MarketEngine(settings, [], [], SystemClock.Instance, NullLogger<MarketEngine>.Instance);
        var log = new RecordingLogger();
        using IHost host = DeskHost.Build(_ => { }, ("feed.kind", "none"));
        await new EngineService(engine, host.Services.GetRequiredService<IHostApplicationLifetime>(), log).StartedAsync(Token);
        PlacementRefusal refusal = Assert.Single(await engine.Placed.WaitAsync(EngineRun.Patience, Token));
        Assert.Equal(("pipeline", "EINVAL"), (refusal.Thread, refusal.Error));
        Assert.True(SpinWait.SpinUntil(() => log.Lines.Any(l => l.StartsWith("Warning Placement: pipeline: sched_setaffinity to CPU 60000 was refused (EINVAL); allowed here is", StringComparison.Ordinal)), EngineRun.Patience));
        Assert.Contains(log.Lines, l => l.StartsWith("Information Chosen: ", StringComparison.Ordinal) && l.EndsWith("the application's own clock", StringComparison.Ordinal));
        engine.Stop();
        Assert.Equal(EngineState.Stopped, engine.State);
    }

    [Fact]
    public async Task Should_Tell_Of_Nothing_Refused_When_It_Never_Started()
    {
        using var engine = new MarketEngine(EngineRun.Settings(), [], [], SystemClock.Instance, NullLogger<MarketEngine>.Instance);
        engine.Dispose();
        Assert.Empty(await engine.Placed.WaitAsync(EngineRun.Patience, Token));
    }

    [Fact]
    public async Task Should_Calibrate_The_Clock_It_Chose()
    {
        using IHost host = DeskHost.Build(_ => { }, ("feed.kind", "none"));
        var clock = host.Services.GetRequiredService<IClock>() as ICalibratedClock;
        Assert.SkipWhen(clock is null, host.Services.GetRequiredService<ClockChoice>().Reason);
        await host.StartAsync(Token);
        Assert.True(SpinWait.SpinUntil(() => clock.Status.Calibrations + clock.Status.Rejected > 0, EngineRun.Patience));
        HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);
        IReadOnlyDictionary<string, object> data = report.Entries["engine"].Data;
        Assert.True((long)data["clock_calibrations"] + (long)data["clock_rejected"] > 0);
        Assert.Equal(0, data["placement_refusals"]);
        await host.StopAsync(Token);
    }

    [Fact]
    public void Should_Use_The_Clock_That_Is_There_Already()
    {
        var own = new ManualClock(Ticks.Start);
        using IHost host = DeskHost.Build(_ => { }, services => services.AddSingleton<IClock>(own), ("feed.kind", "none"));
        Assert.Same(own, host.Services.GetRequiredService<IClock>());
        Assert.Null(host.Services.GetService<ClockChoice>());
        using IHost system = DeskHost.Build(_ => { }, ("feed.kind", "none"), ("engine.clock", "system"));
        Assert.Same(SystemClock.Instance, system.Services.GetRequiredService<IClock>());
    }

    /// <summary>Keeps what is logged.</summary>
    private sealed class RecordingLogger : ILogger<MarketEngine>
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IEnumerable<string> Lines => _lines;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{logLevel} {formatter(state, exception)}");
    }

    /// <summary>Notes where it runs.</summary>
    private sealed class PlaceStage : IPipelineStage
    {
        private readonly ThreadPlacer _placer = NativeFactory.Choose(NativeMode.Off).CreateThreadPlacer();

        public IReadOnlyList<int> Cpus { get; private set; } = [];

        public string Name => "place";

        public void Process(in PipelineBatch batch) => Cpus = _placer.AllowedCpus();
    }
}
