using LowLatency.Core.Agents;
using Microsoft.Extensions.Logging;

namespace LowLatency.Engine;

/// <summary>Everything the engine logs, in one place; nothing of it on the hot path.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(1, LogLevel.Information, "Engine started: feed {Feed}, {Intervals} intervals, indicators {Indicators}, {Idle} idle strategy")]
    public static partial void Started(ILogger logger, string feed, int intervals, string indicators, string idle);

    [LoggerMessage(2, LogLevel.Information, "Engine stopped after {Records} input records")]
    public static partial void Stopped(ILogger logger, long records);

    [LoggerMessage(3, LogLevel.Critical, "The thread {Thread} failed; the application stops")]
    public static partial void ThreadFailed(ILogger logger, string thread, Exception thrown);

    [LoggerMessage(4, LogLevel.Error, "The stage {Stage} failed for the {Failures}. time; its batch went on to the next stage")]
    public static partial void StageFailed(ILogger logger, string stage, long failures, Exception thrown);

    [LoggerMessage(6, LogLevel.Information, "Chosen: {Native}; {Clock}")]
    public static partial void Chosen(ILogger logger, string native, string clock);

    [LoggerMessage(7, LogLevel.Warning, "Placement: {Refusal}")]
    public static partial void PlacementRefused(ILogger logger, PlacementRefusal refusal);

    [LoggerMessage(5, LogLevel.Information, "The feed {Feed} has ended after {Records} records")]
    public static partial void FeedEnded(ILogger logger, string feed, long records);

    [LoggerMessage(14, LogLevel.Warning, "There are no counters for other processes: {Folder} cannot be used, {Reason}; counters.directory names another, counters.enabled=false leaves them out")]
    public static partial void CountersRefused(ILogger logger, string folder, string reason);

    [LoggerMessage(15, LogLevel.Warning, "Counters files of processes that have ended stay in {Folder}: {Reason}")]
    public static partial void CountersNotCleared(ILogger logger, string folder, string reason);

    [LoggerMessage(8, LogLevel.Information, "Settings changed while it runs: {Changes}")]
    public static partial void SettingsChanged(ILogger logger, string changes);

    [LoggerMessage(9, LogLevel.Warning, "Settings that count when the engine is started again: {Changes}")]
    public static partial void SettingsNeedRestart(ILogger logger, string changes);

    [LoggerMessage(10, LogLevel.Error, "The settings have been changed and are wrong; the engine goes on with those it has: {Mistakes}")]
    public static partial void SettingsRefused(ILogger logger, string mistakes);

    [LoggerMessage(11, LogLevel.Warning, "The configuration has changed and does not count; the engine goes on with the settings it has: {Reason}")]
    public static partial void SettingsIgnored(ILogger logger, string reason);

    [LoggerMessage(12, LogLevel.Warning, "A trade of {Symbol} at {Price} made more than 10,000 Renko bricks; the grid moved with it. bars.renko, {Brick}, is tiny beside its moves: each brick is a bar with all indicators; write a larger one. This is told once, the counter of brick cuts goes on")]
    public static partial void BricksCut(ILogger logger, string symbol, double price, double brick);

    [LoggerMessage(13, LogLevel.Warning, "{Problem}")]
    public static partial void MemoryMayNotDo(ILogger logger, string problem);

    [LoggerMessage(16, LogLevel.Warning, "{Source}: {Problem}")]
    public static partial void PublishingReported(ILogger logger, string source, string problem);
}
