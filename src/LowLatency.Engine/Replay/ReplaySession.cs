using System.Diagnostics;
using System.Globalization;
using LowLatency.Analytics.Normalization;
using LowLatency.Analytics.Reversals;
using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Engine.Output;
using LowLatency.Engine.Pipeline;
using LowLatency.Engine.Settings;
using LowLatency.Feeds.Csv;
using LowLatency.Feeds.Settings;
using LowLatency.Market.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace LowLatency.Engine.Replay;

/// <summary>Runs the whole line over files and tells what came of it.</summary>
public static class ReplaySession
{
    private const int MaxProblems = 10;

    /// <summary>Replays the files that the settings name.</summary>
    /// <param name="settings">The settings; the feed's kind must be replay.</param>
    /// <param name="outputFolder">Where every output stream is written as CSV; null for nowhere.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="SettingsException">The feed is none for a replay, or a file cannot be opened.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static ReplayResult Run(LowLatencySettings settings, string? outputFolder, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Feed.Kind != FeedKind.Replay) throw new SettingsException("feed.kind: a replay session needs replay");
        if (settings.FeedMistakes() is { Count: > 0 } mistakes) throw new SettingsException(mistakes);
        settings.Engine.OutputDigest = true;

        var gauge = new AllocationGauge();
        using OutcomeStage? outcomes = outputFolder is null ? null : new OutcomeStage(outputFolder);
        settings.Engine.KeepOutcomes = outcomes is not null;
        using var engine = new MarketEngine(settings, outcomes is null ? [new GaugeStage(gauge)] : [new GaugeStage(gauge), outcomes], [], SystemClock.Instance, NullLogger<MarketEngine>.Instance);
        outcomes?.Attach(engine);
        var parker = new Parker();
        if (File.Exists(outputFolder)) throw new SettingsException($"--out: {outputFolder} is a file; name a folder");
        CsvOutput? csv = outputFolder is null ? null : new CsvOutput(outputFolder, engine.Streams, parker, settings.IndicatorOptions.Restate);
        using AgentRunner? writer = csv is null ? null : AgentRunner.Create("csv", IdleStrategyKind.BackOff, parker, csv);

        long start = Stopwatch.GetTimestamp();
        writer?.Start();
        engine.Start();
        WaitForEnd([engine.Drained, engine.Completion, .. writer is null ? (Task[])[] : [writer.Completion]], cancellation);
        bool complete = engine.Drained.IsCompletedSuccessfully;
        if (!complete) engine.Abandon();
        if (writer is not null)
        {
            var wait = default(SpinWait);
            while (complete && !csv!.IsDone && !writer.Completion.IsCompleted) wait.SpinOnce();
            writer.Dispose();
        }

        double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double? bytesPerRecord = gauge.BytesPerRecord(engine.Taken);
        if (writer is { Completion.IsFaulted: true }) throw writer.Completion.Exception!.InnerException!;
        if (!complete && engine.Failure is { } failure) throw failure;
        cancellation.ThrowIfCancellationRequested();
        engine.Stop();
        if (engine.LastStageFailure is { } unwritten) throw unwritten;
        // Its threads have started, and ended: this waits for nothing.
        return MakeResult(engine, (TickCsvFeed)engine.Feeds[0], engine.Placed.GetAwaiter().GetResult(), elapsed, bytesPerRecord);
    }

    // Blocks, where awaiting would be simpler: the end must not start threads whose allocations would be taken for the replay's.
    private static void WaitForEnd(Task[] ends, CancellationToken cancellation)
    {
        try
        {
            Task.WaitAny(ends, cancellation);
        }
        catch (OperationCanceledException)
        {
            // Noticed again when the threads have ended.
        }
    }

    private static ReplayResult MakeResult(MarketEngine engine, TickCsvFeed feed, IReadOnlyList<PlacementRefusal> refusals, double elapsed, double? bytesPerRecord)
    {
        NormalizationCounters counters = engine.Normalization;
        var rejected = new Dictionary<string, long>();
        foreach (RejectReason reason in Enum.GetValues<RejectReason>())
        {
            if (counters.Rejected(reason) > 0) rejected[SettingsBinder.SnakeCase(reason.ToString())] = counters.Rejected(reason);
        }

        var latency = new Dictionary<string, LatencySummary> { ["ring"] = LatencySummary.Of(engine.Timings.Ring) };
        for (int i = 0; i < engine.Timings.Names.Count; i++)
        {
            if (engine.Timings.Names[i] is not ("gauge" or "outcomes")) latency[engine.Timings.Names[i]] = LatencySummary.Of(engine.Timings.Of(i));
        }

        latency["total"] = LatencySummary.Of(engine.Timings.Total);
        long rows = feed.Rows;
        var summary = new ReplaySummary
        {
            Rows = rows,
            Accepted = counters.Accepted,
            Rejected = rejected,
            Duplicates = counters.Duplicates,
            SuspectsPending = counters.SuspectsPending,
            Cancels = counters.Cancels,
            Corrections = counters.Corrections,
            UnknownReferences = counters.UnknownReferences,
            OtherRows = counters.Other + feed.Skipped,
            Late = counters.Late,
            Gaps = counters.Gaps,
            Bars = engine.Bars.Closed + engine.EventBars,
            Revisions = engine.Bars.Revised,
            TooLate = engine.Bars.TooLate,
            Signals = CountSignals(engine),
            Alerts = engine.Alerts is { } alerts ? engine.Streams.Alerts.Specs.ToDictionary(a => a.Name, a => alerts.Of(a.Id)) : [],
            Published = engine.Published,
            ElapsedSeconds = elapsed,
            TicksPerSecond = rows / elapsed,
            AllocatedBytesPerTick = bytesPerRecord,
            LatencyNs = latency,
            OutputHash = engine.OutputDigest.ToString(),
        };
        long unusable = counters.Rejected(RejectReason.Malformed) + counters.Rejected(RejectReason.Price) + counters.Rejected(RejectReason.Size)
            + counters.Rejected(RejectReason.Time) + counters.Rejected(RejectReason.Future) + counters.Rejected(RejectReason.InstrumentLimit);
        return new ReplayResult(summary, Problems(engine, feed), [.. feed.FileProblems.Select(p => p.ToString()), .. feed.SymbolProblem is { } problem ? (string[])[problem] : []], refusals, unusable);
    }

    private static Dictionary<string, long> CountSignals(MarketEngine engine)
    {
        var counts = new Dictionary<string, long>();
        if (engine.Signals is not { } signals) return counts;
        counts["spikes"] = signals.Spikes;
        for (int version = 1; version <= SignalCounters.Versions; version++) counts[$"reversals_v{version}"] = signals.Reversals(version);
        return counts;
    }

    private static List<string> Problems(MarketEngine engine, TickCsvFeed feed)
    {
        var problems = new List<(string File, long Line, string Text)>();
        foreach (RowProblem problem in feed.RowProblems) problems.Add((problem.File, problem.Line, problem.ToString()));
        foreach (RejectedRecord rejected in engine.Rejects.Entries)
        {
            // Malformed rows are told by the feed, which knows their text; outliers and cancelled trades are no fault of the file.
            if (rejected.Reason is RejectReason.Malformed or RejectReason.Outlier or RejectReason.Cancelled) continue;
            (string file, long line) = feed.Locate(rejected.Input);
            problems.Add((file, line, $"{file}({line}): {Describe(rejected, engine)}"));
        }

        string[] files = engine.Settings.Feed.Replay.Files;
        return [.. problems.OrderBy(p => Array.IndexOf(files, p.File)).ThenBy(p => p.Line).Take(MaxProblems).Select(p => p.Text)];
    }

    private static string Describe(in RejectedRecord rejected, MarketEngine engine)
    {
        bool trade = rejected.Record.Header.Type != Market.Records.RecordType.Quote;
        string prices = trade
            ? string.Create(CultureInfo.InvariantCulture, $"price {rejected.Record.Trade.Price}")
            : string.Create(CultureInfo.InvariantCulture, $"bid {rejected.Record.Quote.Bid}, ask {rejected.Record.Quote.Ask}");
        string sizes = trade
            ? string.Create(CultureInfo.InvariantCulture, $"size {rejected.Record.Trade.Size}")
            : string.Create(CultureInfo.InvariantCulture, $"bid_size {rejected.Record.Quote.BidSize}, ask_size {rejected.Record.Quote.AskSize}");
        return rejected.Reason switch
        {
            RejectReason.Price => $"{prices}: a price must be a finite number above 0; the row is left out",
            RejectReason.Size => $"{sizes}: a size must be a finite number, 0 or above; the row is left out",
            RejectReason.Time => $"event time {rejected.Record.Header.EventNs}: there must be one, in nanoseconds since 1970 and before 2262; the row is left out",
            RejectReason.Future => $"event time {rejected.Record.Header.EventNs} lies more than {engine.Settings.Normalization.FutureLimitNs} ns ahead of the receive time {rejected.Record.Header.ReceiveNs}; the row is left out",
            RejectReason.InstrumentLimit => $"there are more than {engine.Settings.Engine.MaxInstruments} instruments; raise engine.max_instruments; the row is left out",
            _ => $"{rejected.Reason}; the row is left out",
        };
    }
}
