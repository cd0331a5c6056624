using System.Runtime.CompilerServices;

namespace LowLatency.Core.Histograms;

/// <summary>
/// Counts values in buckets no wider than a number of significant decimal digits allows, over any range: a high dynamic range histogram, laid out as
/// HdrHistogram does it. Recording allocates nothing, throws nothing and costs a few nanoseconds.
/// </summary>
/// <remarks>
/// One thread records, adds, subtracts and resets; others may read while it does and see some moment's counts. For several recording threads there is
/// <see cref="IntervalRecorder"/>. Durations are in nanoseconds throughout LowLatency, but the histogram knows no unit.
/// </remarks>
public sealed partial class LatencyHistogram
{
    private readonly BucketLayout _layout;
    private readonly long[] _counts;
    private long _total;
    private long _overflows;
    private long _max;

    /// <summary>Makes a histogram of everything from 0 to 2^63 - 1 with two significant digits: exact below 256, no bucket wider than 1/128 of its values.</summary>
    public LatencyHistogram()
        : this(1, long.MaxValue, 2)
    {
    }

    /// <summary>Makes a histogram.</summary>
    /// <param name="lowestDiscernible">Values closer together than this need not be told apart; at least 1. Rounded down to a power of two.</param>
    /// <param name="highestTrackable">Values above it count as it; at least twice the lowest.</param>
    /// <param name="significantDigits">Decimal digits kept of every value, from 1 to 5. Memory grows tenfold with each.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range, or the lowest value is so large that the digits do not fit into 63 bits.</exception>
    public LatencyHistogram(long lowestDiscernible, long highestTrackable, int significantDigits)
        : this(new BucketLayout(lowestDiscernible, highestTrackable, significantDigits))
    {
    }

    internal LatencyHistogram(BucketLayout layout)
    {
        _layout = layout;
        _counts = new long[layout.Length];
    }

    /// <summary>Values closer together than this may share a bucket wherever they are.</summary>
    public long LowestDiscernibleValue => _layout.Lowest;

    /// <summary>The largest value that is told from larger ones.</summary>
    public long HighestTrackableValue => _layout.Highest;

    /// <summary>Decimal digits kept of every value.</summary>
    public int SignificantDigits => _layout.Digits;

    /// <summary>Number of recorded values.</summary>
    public long Count => Volatile.Read(ref _total);

    /// <summary>Recorded values above <see cref="HighestTrackableValue"/>; they are in <see cref="Count"/> too, as that value.</summary>
    public long Overflows => Volatile.Read(ref _overflows);

    /// <summary>
    /// The largest recorded value, exact; 0 when there is none. A histogram that was decoded, or from which another was subtracted, knows it only as
    /// the top of its bucket, which other programs fill beyond <see cref="HighestTrackableValue"/>.
    /// </summary>
    public long Max => Volatile.Read(ref _max);

    internal BucketLayout Layout => _layout;

    internal Span<long> Counts => _counts;

    /// <summary>Records a value.</summary>
    /// <param name="value">A negative one (a clock that stepped) counts as 0, one above <see cref="HighestTrackableValue"/> as that, and as an overflow.</param>
    public void Record(long value) => RecordWithCount(value, 1);

    /// <summary>Records a value several times.</summary>
    /// <param name="value">As in <see cref="Record"/>.</param>
    /// <param name="count">How often; 0 or less records nothing.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void RecordWithCount(long value, long count)
    {
        if (count <= 0) return;
        // Negative values are out of range as well when taken as unsigned.
        if ((ulong)value > (ulong)_layout.Highest) value = Saturate(value, count);
        if (value > _max) Volatile.Write(ref _max, value);
        CountAt(_layout.IndexOf(value), count);
    }

    /// <summary>
    /// Records a value, and for one longer than the interval at which values are expected also those that were not taken meanwhile, because the
    /// measuring thread itself was waiting: value - interval, value - 2 interval, and so on down to the interval. Without them the percentiles of a
    /// measurement that stalls look better than what its users saw (coordinated omission).
    /// </summary>
    /// <param name="value">As in <see cref="Record"/>.</param>
    /// <param name="expectedInterval">Time between two values when nothing stalls; 0 or less adds none.</param>
    public void RecordCorrected(long value, long expectedInterval)
    {
        RecordWithCount(value, 1);
        RecordMissing(Math.Min(value, _layout.Highest), expectedInterval, 1);
    }

    /// <summary>Records a value from any thread: internal to <see cref="IntervalRecorder"/>, which settles the total when writers have left.</summary>
    internal void RecordShared(long value, long count)
    {
        if (count <= 0) return;
        if ((ulong)value > (ulong)_layout.Highest) value = SaturateShared(value, count);
        RaiseMax(value);
        Interlocked.Add(ref _counts[_layout.IndexOf(value)], count);
    }

    /// <summary>As <see cref="RecordCorrected"/>, from any thread.</summary>
    internal void RecordCorrectedShared(long value, long expectedInterval)
    {
        RecordShared(value, 1);
        var missing = new MissingValues(_layout, Math.Min(value, _layout.Highest), expectedInterval);
        while (missing.TryNext(out int index, out long count)) Interlocked.Add(ref _counts[index], count);
    }

    /// <summary>Makes the total that of the counts, after writers that do not keep it.</summary>
    internal void SettleCount()
    {
        long total = 0;
        foreach (long count in _counts) total += count;
        Volatile.Write(ref _total, total);
    }

    /// <summary>Makes total and maximum those of counts that were put in place.</summary>
    /// <param name="last">The last index that holds something; -1 for none.</param>
    internal void SettleDecoded(int last)
    {
        SettleCount();
        Volatile.Write(ref _max, last < 0 ? 0 : _layout.TopOf(last));
    }

    private void RecordMissing(long value, long expectedInterval, long count)
    {
        var missing = new MissingValues(_layout, value, expectedInterval);
        while (missing.TryNext(out int index, out long times)) CountAt(index, times * count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CountAt(int index, long count)
    {
        // Release: who sees the count sees a maximum that is not below it.
        ref long counted = ref _counts[index];
        Volatile.Write(ref counted, counted + count);
        Volatile.Write(ref _total, _total + count);
    }

    private void RaiseMax(long value)
    {
        long max = Volatile.Read(ref _max);
        while (value > max)
        {
            long found = Interlocked.CompareExchange(ref _max, value, max);
            if (found == max) return;
            max = found;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long Saturate(long value, long count)
    {
        if (value < 0) return 0;
        Volatile.Write(ref _overflows, _overflows + count);
        return _layout.Highest;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long SaturateShared(long value, long count)
    {
        if (value < 0) return 0;
        Interlocked.Add(ref _overflows, count);
        return _layout.Highest;
    }
}
