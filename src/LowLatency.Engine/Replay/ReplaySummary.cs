namespace LowLatency.Engine.Replay;

/// <summary>What a replay did. The names in snake_case are the keys of its JSON form; every row of the input is in exactly one of accepted, rejected, duplicates, suspects pending, cancels, corrections and other rows.</summary>
public sealed record ReplaySummary
{
    /// <summary>Data rows of the input.</summary>
    public required long Rows { get; init; }

    /// <summary>Trades and quotes that were taken.</summary>
    public required long Accepted { get; init; }

    /// <summary>Rows that were rejected, by reason; only reasons that occurred.</summary>
    public required IReadOnlyDictionary<string, long> Rejected { get; init; }

    /// <summary>Rows seen before.</summary>
    public required long Duplicates { get; init; }

    /// <summary>Trades with an outlying price that were neither confirmed nor given up when the input ended.</summary>
    public required long SuspectsPending { get; init; }

    /// <summary>Cancels of earlier trades.</summary>
    public required long Cancels { get; init; }

    /// <summary>Corrections of earlier trades.</summary>
    public required long Corrections { get; init; }

    /// <summary>Of the cancels and corrections, those of a trade that is not known, was cancelled before, or lies too far back.</summary>
    public required long UnknownReferences { get; init; }

    /// <summary>Rows of other kinds: clock events, and rows of symbols that were not asked for.</summary>
    public required long OtherRows { get; init; }

    /// <summary>Of the accepted rows those that came late.</summary>
    public required long Late { get; init; }

    /// <summary>Places where sequence numbers were missing.</summary>
    public required long Gaps { get; init; }

    /// <summary>Bars that closed.</summary>
    public required long Bars { get; init; }

    /// <summary>Revisions of closed bars.</summary>
    public required long Revisions { get; init; }

    /// <summary>Late trades too late for a bar's revision, counted once an interval.</summary>
    public required long TooLate { get; init; }

    /// <summary>Signals, by kind.</summary>
    public required IReadOnlyDictionary<string, long> Signals { get; init; }

    /// <summary>Alerts, by name; each rule has its number, 0 too.</summary>
    public required IReadOnlyDictionary<string, long> Alerts { get; init; }

    /// <summary>Records published in all.</summary>
    public required long Published { get; init; }

    /// <summary>From opening the first file to the last output, decompression included.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Rows over that time.</summary>
    public required double TicksPerSecond { get; init; }

    /// <summary>Bytes that all threads together allocated on the managed heap in the last half of the input at least, over its rows; null
    /// when there were too few to tell.</summary>
    public required double? AllocatedBytesPerTick { get; init; }

    /// <summary>For each stage how long batches took, and for "ring" how long records waited; nanoseconds.</summary>
    public required IReadOnlyDictionary<string, LatencySummary> LatencyNs { get; init; }

    /// <summary>Fingerprint of every published record, receive times apart; the same for the same input and settings, whatever the threads and batches.</summary>
    public required string OutputHash { get; init; }
}
