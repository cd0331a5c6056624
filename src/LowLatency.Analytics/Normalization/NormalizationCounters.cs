namespace LowLatency.Analytics.Normalization;

/// <summary>
/// What became of the input: every record is in exactly one of accepted, rejected, duplicates, suspects pending, cancels, corrections and other. One thread counts, any
/// may read.
/// </summary>
public sealed class NormalizationCounters
{
    private readonly long[] _rejected = new long[Enum.GetValues<RejectReason>().Length];
    private long _accepted;
    private long _duplicates;
    private long _suspectsPending;
    private long _other;
    private long _late;
    private long _gaps;
    private long _cancels;
    private long _corrections;
    private long _unknownReferences;

    /// <summary>Trades and quotes that were taken.</summary>
    public long Accepted => Volatile.Read(ref _accepted);

    /// <summary>Records seen before: the same trade id or sequence number.</summary>
    public long Duplicates => Volatile.Read(ref _duplicates);

    /// <summary>Trades with an outlying price that wait for confirmation.</summary>
    public long SuspectsPending => Volatile.Read(ref _suspectsPending);

    /// <summary>Records that are neither trades nor quotes, clock events among them.</summary>
    public long Other => Volatile.Read(ref _other);

    /// <summary>Of the accepted ones, those whose event time was smaller than one seen before (trades among trades, quotes among quotes).</summary>
    public long Late => Volatile.Read(ref _late);

    /// <summary>Places where sequence numbers were missing.</summary>
    public long Gaps => Volatile.Read(ref _gaps);

    /// <summary>Cancels, also those of trades that are not known.</summary>
    public long Cancels => Volatile.Read(ref _cancels);

    /// <summary>Corrections, also those of trades that are not known; not those with a price or size that cannot be, which are rejected.</summary>
    public long Corrections => Volatile.Read(ref _corrections);

    /// <summary>Of the cancels and corrections, those of a trade that is not known, was cancelled before, or lies too far back.</summary>
    public long UnknownReferences => Volatile.Read(ref _unknownReferences);

    /// <summary>Records that were rejected, whatever the reason.</summary>
    public long RejectedTotal
    {
        get
        {
            long total = 0;
            foreach (RejectReason reason in Enum.GetValues<RejectReason>()) total += Rejected(reason);
            return total;
        }
    }

    /// <summary>Records that were rejected for one reason.</summary>
    /// <param name="reason">The reason.</param>
    public long Rejected(RejectReason reason) => Volatile.Read(ref _rejected[(int)reason]);

    internal void CountRejected(RejectReason reason) => Volatile.Write(ref _rejected[(int)reason], _rejected[(int)reason] + 1);

    internal void CountAccepted(bool late)
    {
        Volatile.Write(ref _accepted, _accepted + 1);
        if (late) Volatile.Write(ref _late, _late + 1);
    }

    internal void CountDuplicate() => Volatile.Write(ref _duplicates, _duplicates + 1);

    internal void CountSuspects(int change) => Volatile.Write(ref _suspectsPending, _suspectsPending + change);

    internal void CountOther() => Volatile.Write(ref _other, _other + 1);

    internal void CountGap() => Volatile.Write(ref _gaps, _gaps + 1);

    internal void CountCancel() => Volatile.Write(ref _cancels, _cancels + 1);

    internal void CountCorrection() => Volatile.Write(ref _corrections, _corrections + 1);

    internal void CountUnknownReference() => Volatile.Write(ref _unknownReferences, _unknownReferences + 1);
}
