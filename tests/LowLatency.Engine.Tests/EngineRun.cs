using LowLatency.Analytics.Intensity;
using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Engine.Pipeline;
using LowLatency.Engine.Settings;
using LowLatency.Feeds.Settings;
using LowLatency.Market.Records;
using Microsoft.Extensions.Logging.Abstractions;

namespace LowLatency.Engine.Tests;

/// <summary>Runs a script through a whole engine and gives what it published.</summary>
internal static class EngineRun
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static LowLatencySettings Settings(params string[] intervals)
    {
        var settings = new LowLatencySettings { Indicators = ["sma(1)", "ema(3)"] };
        settings.Feed.Kind = FeedKind.None;
        settings.Engine.InputSlots = 1024;
        settings.Engine.OutputBytes = 1 << 20;
        settings.Engine.MaxInstruments = 64;
        settings.Engine.OutputDigest = true;
        // Small windows: a script of some thousand ticks has spikes and reversals.
        settings.Intensity = new IntensitySettings { PathTrades = 5, SmoothingLength = 3, Window = 40, Recent = 4, PublishEveryTrades = 3 };
        settings.Reversals.V3.Low = settings.Reversals.V4.Interval = "1s";
        settings.Reversals.V3.High = "10s";
        settings.Bars.Intervals = intervals.Length == 0 ? ["1s", "10s", "1m"] : intervals;
        return settings;
    }

    public static async Task<(byte[] Bytes, string Digest)> PublishAsync(LowLatencySettings settings, TickRecord[] script, int chunk = 16, params IPipelineStage[] stages)
    {
        using var engine = new MarketEngine(
            settings, stages, [context => new ScriptedFeed(context, script, chunk, "A", "B", "C", "D")], SystemClock.Instance, NullLogger<MarketEngine>.Instance);
        var parker = new Parker();
        var collector = new Collector(engine.Streams, parker);
        using AgentRunner runner = AgentRunner.Create("collector", IdleStrategyKind.BackOff, parker, collector);
        runner.Start();
        engine.Start();
        await engine.Drained.WaitAsync(Patience, TestContext.Current.CancellationToken);
        engine.Stop();
        SpinWait.SpinUntil(() => collector.IsDone, Patience);
        runner.Dispose();
        return (collector.Bytes, engine.OutputDigest.ToString());
    }
}
