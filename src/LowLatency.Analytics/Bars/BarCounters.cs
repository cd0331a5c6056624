namespace LowLatency.Analytics.Bars;

/// <summary>What became of the bars. One thread counts, any may read.</summary>
public sealed class BarCounters
{
    private long _closed;
    private long _revised;
    private long _tooLate;
    private long _gapsNotFilled;

    /// <summary>Bars that closed.</summary>
    public long Closed => Volatile.Read(ref _closed);

    /// <summary>Revisions of closed bars.</summary>
    public long Revised => Volatile.Read(ref _revised);

    /// <summary>Late trades that came after their bar of some interval could no longer be revised, each counted once an interval.</summary>
    public long TooLate => Volatile.Read(ref _tooLate);

    /// <summary>Gaps too long for flat bars (setting <c>bars.fill_most</c>), each counted once an interval.</summary>
    public long GapsNotFilled => Volatile.Read(ref _gapsNotFilled);

    internal void CountClosed() => Volatile.Write(ref _closed, _closed + 1);

    internal void CountRevised() => Volatile.Write(ref _revised, _revised + 1);

    internal void CountTooLate() => Volatile.Write(ref _tooLate, _tooLate + 1);

    internal void CountGapNotFilled() => Volatile.Write(ref _gapsNotFilled, _gapsNotFilled + 1);
}
