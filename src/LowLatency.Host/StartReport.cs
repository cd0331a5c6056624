using System.Globalization;
using System.Runtime.Intrinsics;
using LowLatency.Analytics.Indicators;
using LowLatency.Core.Clocks;
using LowLatency.Engine;
using LowLatency.Engine.Publishing;
using LowLatency.Feeds.Settings;

namespace LowLatency.Host;

/// <summary>What was chosen at the start, and why.</summary>
internal static class StartReport
{
    public static IEnumerable<string> Lines(MarketEngine engine, ClockChoice clock, AeronPublishing publishing, EngineJournal journal)
    {
        FeedSettings feed = engine.Settings.Feed;
        yield return feed.Kind switch
        {
            FeedKind.Simulator => string.Create(CultureInfo.InvariantCulture, $"feed       simulator, {feed.Simulator.Instruments.Length} instruments, {feed.Simulator.TicksPerSecond:N0} ticks/s, seed {feed.Simulator.Seed} (feed.kind)"),
            FeedKind.Replay => $"feed       replay of {string.Join(", ", feed.Replay.Files)} at {feed.Replay.Speed} (feed.kind)",
            _ => "feed       none: ticks come from the embedding application (feed.kind)",
        };
        yield return $"bars       {string.Join(" ", engine.Streams.Channels.Bars.Select(b => b.Name))} (bars.intervals)";
        yield return $"indicators {string.Join(" ", engine.Streams.Channels.Indicators.Select(i => i.Name))} (indicators){When(engine.Settings.IndicatorOptions)}";
        yield return $"threads    pipeline and feed, {engine.Settings.Engine.Idle} when idle (engine.idle); {Environment.ProcessorCount} processors, {VectorWidth} vectors";
        yield return $"placement  {PlacementReport.Describe(engine.Settings.Engine.Placement)} (engine.placement)";
        yield return $"native     {engine.Native.Reason} (engine.native)";
        yield return $"clock      {clock.Reason} (engine.clock)";
        yield return $"publishing in-process ring of {engine.Settings.Engine.OutputBytes >> 20} MiB (engine.output_bytes)";
        yield return $"aeron      {publishing.Reason}";
        yield return $"journal    {journal.Reason}";
        yield return engine.CountersPath is { } path ? $"counters   {path}; ./run.sh stat shows them (counters.enabled)" : "counters   none (counters.enabled)";
    }

    private static string When(IndicatorSettings options) =>
        (options.Restate ? "; again on revised bars (indicator_options.restate)" : "") + (options.Provisional ? "; on open bars too (indicator_options.provisional)" : "");

    private static string VectorWidth => Vector512.IsHardwareAccelerated ? "512-bit" : Vector256.IsHardwareAccelerated ? "256-bit" : Vector128.IsHardwareAccelerated ? "128-bit" : "no";
}
