using LowLatency.Core.Agents;
using LowLatency.Engine.Replay;
using LowLatency.Engine.Settings;
using LowLatency.Feeds.Settings;

namespace LowLatency.Engine.Tests.Replay;

/// <summary>Replays files, and reads what was written.</summary>
internal static class ReplayRun
{
    public static LowLatencySettings Settings(params string[] files)
    {
        var settings = new LowLatencySettings();
        settings.Feed.Kind = FeedKind.Replay;
        settings.Feed.Replay.Files = files;
        settings.Bars.OpenEveryMs = 0;
        settings.Engine.Idle = settings.Engine.FeedIdle = IdleStrategyKind.BackOff;
        return settings;
    }

    public static ReplayResult Run(LowLatencySettings settings, string? output = null) => ReplaySession.Run(settings, output, TestContext.Current.CancellationToken);

    /// <summary>The buckets of a summary: every row is in exactly one of them.</summary>
    public static long Buckets(ReplaySummary summary) =>
        summary.Accepted + summary.Rejected.Values.Sum() + summary.Duplicates + summary.SuspectsPending + summary.Cancels + summary.Corrections + summary.OtherRows;

    /// <summary>A file's rows without the header, cell by cell.</summary>
    public static List<string[]> Rows(string path) => [.. File.ReadLines(path).Skip(1).Select(line => line.Split(','))];
}
