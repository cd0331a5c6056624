using System.Numerics;

namespace LowLatency.Core.Histograms;

/// <summary>
/// Counts durations in buckets that are exact below 256 ns and no wider than 1/128 of the value above, as HdrHistogram lays them out; recording
/// allocates nothing and costs a few nanoseconds. One thread records; others may read while it does.
/// </summary>
public sealed class LatencyHistogram
{
    private const int SubBucketBits = 8;
    private const int SubBuckets = 1 << SubBucketBits;
    private const int HalfSubBuckets = SubBuckets / 2;
    private const int MaxExponent = 63 - SubBucketBits;

    private readonly long[] _counts = new long[SubBuckets + (MaxExponent * HalfSubBuckets)];
    private long _max;

    /// <summary>Number of recorded values.</summary>
    public long Count { get; private set; }

    /// <summary>The largest recorded value, in nanoseconds; exact.</summary>
    public long Max => Volatile.Read(ref _max);

    /// <summary>Records a duration.</summary>
    /// <param name="ns">Nanoseconds; a negative one (a clock that stepped) counts as 0.</param>
    public void Record(long ns)
    {
        if (ns < 0) ns = 0;
        if (ns > _max) Volatile.Write(ref _max, ns);
        // Release: who sees the count sees a maximum that is not below it.
        ref long count = ref _counts[IndexOf(ns)];
        Volatile.Write(ref count, count + 1);
        Count++;
    }

    /// <summary>The value below or at which a share of the recorded values lies, in nanoseconds: the top of its bucket, never above <see cref="Max"/>; 0 when nothing was recorded.</summary>
    /// <param name="percentile">From 0 to 100.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="percentile"/> is outside that range.</exception>
    public long Percentile(double percentile)
    {
        if (!(percentile >= 0 && percentile <= 100)) throw new ArgumentOutOfRangeException(nameof(percentile), percentile, "A percentile is from 0 to 100.");
        long total = 0;
        foreach (long count in _counts) total += count;
        if (total == 0) return 0;
        // The product may come out a hair above a whole number (99.9% of 1000); the next smaller double does not.
        long rank = Math.Max(1, (long)Math.Ceiling(Math.BitDecrement(percentile * total / 100)));
        long seen = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank) return Math.Min(TopOf(i), Max);
        }

        return Max;
    }

    internal static int IndexOf(long ns)
    {
        int exponent = Math.Max(0, 64 - BitOperations.LeadingZeroCount((ulong)ns) - SubBucketBits);
        // From the second power of two on only the upper half of the sub-buckets is new.
        return exponent == 0 ? (int)ns : SubBuckets + ((exponent - 1) * HalfSubBuckets) + (int)(ns >> exponent) - HalfSubBuckets;
    }

    internal static long TopOf(int index)
    {
        if (index < SubBuckets) return index;
        int exponent = ((index - SubBuckets) / HalfSubBuckets) + 1;
        long sub = ((index - SubBuckets) % HalfSubBuckets) + HalfSubBuckets;
        return ((sub + 1) << exponent) - 1;
    }
}
