namespace LowLatency.Core.Histograms;

/// <content>What is read from the counts. Every method reads them once, while another thread may be recording.</content>
public sealed partial class LatencyHistogram
{
    /// <summary>The smallest recorded value, as the bottom of its bucket; 0 when nothing was recorded.</summary>
    public long Min
    {
        get
        {
            int index = Array.FindIndex(_counts, count => count != 0);
            return index < 0 ? 0 : _layout.BottomOf(index);
        }
    }

    /// <summary>The mean of the recorded values, each taken as the middle of its bucket; 0 when nothing was recorded.</summary>
    public double Mean => Moments().Mean;

    /// <summary>The standard deviation of the recorded values (of all of them, not of a sample), each taken as the middle of its bucket; 0 when nothing was recorded.</summary>
    public double StandardDeviation => Moments().Deviation;

    /// <summary>The buckets that hold something, in ascending order of their values.</summary>
    public IEnumerable<HistogramBucket> RecordedBuckets
    {
        get
        {
            for (int i = 0; i < _counts.Length; i++)
            {
                long count = Volatile.Read(ref _counts[i]);
                if (count != 0) yield return new HistogramBucket(_layout.BottomOf(i), _layout.TopOf(i), count);
            }
        }
    }

    /// <summary>The value below or at which a share of the recorded values lies: the top of its bucket, never above <see cref="Max"/>; 0 when nothing was recorded.</summary>
    /// <param name="percentile">From 0 to 100.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="percentile"/> is outside that range.</exception>
    public long Percentile(double percentile)
    {
        int index = IndexAt(percentile);
        return index < 0 ? 0 : Math.Min(_layout.TopOf(index), Max);
    }

    /// <summary>
    /// As <see cref="Percentile"/> the way HdrHistogram says it: the largest value of the bucket, which may be above <see cref="Max"/> within the digits
    /// kept; for percentile 0 the smallest value of the first bucket.
    /// </summary>
    /// <param name="percentile">From 0 to 100.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="percentile"/> is outside that range.</exception>
    public long ValueAtPercentile(double percentile)
    {
        int index = IndexAt(percentile);
        if (index < 0) return 0;
        return percentile == 0 ? _layout.BottomOf(index) : _layout.TopOf(index);
    }

    /// <summary>The share of the recorded values that are at or below a value or share its bucket, from 0 to 100; 100 when nothing was recorded.</summary>
    /// <param name="value">Any value; one outside the buckets is taken as their nearer end.</param>
    public double PercentileAtOrBelow(long value)
    {
        int last = _layout.IndexOf(Math.Clamp(value, 0, _layout.Top));
        long below = 0;
        long total = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            total += Volatile.Read(ref _counts[i]);
            if (i == last) below = total;
        }

        return total == 0 ? 100 : 100.0 * below / total;
    }

    /// <summary>How many recorded values share the bucket of a value.</summary>
    /// <param name="value">Any value; one outside the buckets is taken as their nearer end.</param>
    public long CountAtValue(long value) => Volatile.Read(ref _counts[_layout.IndexOf(Math.Clamp(value, 0, _layout.Top))]);

    /// <summary>The smallest value that shares the bucket of a value.</summary>
    /// <param name="value">Any value; one outside the buckets is taken as their nearer end.</param>
    public long LowestEquivalentValue(long value) => _layout.BottomOf(_layout.IndexOf(Math.Clamp(value, 0, _layout.Top)));

    /// <summary>The largest value that shares the bucket of a value.</summary>
    /// <param name="value">Any value; one outside the buckets is taken as their nearer end.</param>
    public long HighestEquivalentValue(long value) => _layout.TopOf(_layout.IndexOf(Math.Clamp(value, 0, _layout.Top)));

    /// <summary>The maximum as HdrHistogram's texts say it: the top of its bucket, but 0 for 0.</summary>
    internal long TopOfMax => Max == 0 ? 0 : HighestEquivalentValue(Max);

    private int IndexAt(double percentile)
    {
        if (!(percentile >= 0 && percentile <= 100)) throw new ArgumentOutOfRangeException(nameof(percentile), percentile, "A percentile is from 0 to 100.");
        long total = 0;
        // Acquire, here and below: the maximum that is read afterwards is not below what was counted.
        for (int i = 0; i < _counts.Length; i++) total += Volatile.Read(ref _counts[i]);
        if (total == 0) return -1;
        // The product may come out a hair above a whole number (99.9% of 1000); the next smaller double does not.
        long rank = Math.Max(1, (long)Math.Ceiling(Math.BitDecrement(percentile * total / 100)));
        long seen = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            seen += Volatile.Read(ref _counts[i]);
            if (seen >= rank) return i;
        }

        // Only when the total is too large for a double to be exact.
        return Array.FindLastIndex(_counts, count => count != 0);
    }

    private (double Mean, double Deviation) Moments()
    {
        // Two passes need the same counts twice.
        long[] counts = [.. _counts];
        double total = 0;
        double sum = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] == 0) continue;
            total += counts[i];
            sum += (double)_layout.MiddleOf(i) * counts[i];
        }

        if (total == 0) return default;
        double mean = sum / total;
        double squares = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] == 0) continue;
            double distance = _layout.MiddleOf(i) - mean;
            squares += distance * distance * counts[i];
        }

        return (mean, Math.Sqrt(squares / total));
    }
}
