namespace LowLatency.Core.Histograms;

/// <content>Histograms made of histograms. What is read may be recorded into meanwhile; what is written belongs to the caller.</content>
public sealed partial class LatencyHistogram
{
    /// <summary>Forgets everything recorded.</summary>
    public void Reset()
    {
        Array.Clear(_counts);
        Volatile.Write(ref _total, 0);
        Volatile.Write(ref _overflows, 0);
        Volatile.Write(ref _max, 0);
    }

    /// <summary>A histogram of the same shape and of this moment's counts.</summary>
    public LatencyHistogram Copy()
    {
        var copy = new LatencyHistogram(_layout);
        copy.Add(this);
        return copy;
    }

    /// <summary>A copy with the values added that coordinated omission left out of this one; see <see cref="RecordCorrected"/>.</summary>
    /// <param name="expectedInterval">Time between two values when nothing stalls; 0 or less adds none.</param>
    public LatencyHistogram CopyCorrected(long expectedInterval)
    {
        LatencyHistogram recorded = Copy();
        LatencyHistogram copy = recorded.Copy();
        // From the uncorrected counts: what is added must not be corrected again.
        foreach (HistogramBucket bucket in recorded.RecordedBuckets) copy.RecordMissing(bucket.Highest, expectedInterval, bucket.Count);
        return copy;
    }

    /// <summary>
    /// Adds the values of another histogram. One of another shape is taken as recorded anew, bucket by bucket, each as its smallest value: what is
    /// above <see cref="HighestTrackableValue"/> then counts as an overflow.
    /// </summary>
    /// <param name="other">What is added; unchanged.</param>
    public void Add(LatencyHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        bool isAlike = other._layout == _layout;
        if (isAlike)
        {
            for (int i = 0; i < _counts.Length; i++)
            {
                long count = Volatile.Read(ref other._counts[i]);
                if (count != 0) CountAt(i, count);
            }

            Volatile.Write(ref _overflows, _overflows + other.Overflows);
        }
        else
        {
            foreach (HistogramBucket bucket in other.RecordedBuckets) RecordWithCount(bucket.Lowest, bucket.Count);
        }

        // After the counts: not below any of them.
        long max = isAlike ? other.Max : Math.Min(other.Max, _layout.Highest);
        if (max > _max) Volatile.Write(ref _max, max);
    }

    /// <summary>Takes the values of another histogram away: an earlier <see cref="Copy"/> from a later one leaves what was recorded between them.</summary>
    /// <param name="other">A histogram of the same shape none of whose counts is larger than this one's.</param>
    /// <exception cref="ArgumentException"><paramref name="other"/> has another shape or a larger count; nothing was taken away.</exception>
    public void Subtract(LatencyHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._layout != _layout) throw new ArgumentException("Only a histogram of the same lowest and highest value and digits can be taken away.", nameof(other));
        long[] less = [.. other._counts];
        for (int i = 0; i < less.Length; i++)
        {
            if (less[i] > _counts[i])
                throw new ArgumentException($"There are {_counts[i]} values from {_layout.BottomOf(i)} to {_layout.TopOf(i)}; {less[i]} cannot be taken away.", nameof(other));
        }

        int last = -1;
        for (int i = 0; i < less.Length; i++)
        {
            if (less[i] != 0) CountAt(i, -less[i]);
            if (_counts[i] != 0) last = i;
        }

        Volatile.Write(ref _overflows, Math.Max(0, _overflows - other.Overflows));
        Volatile.Write(ref _max, last < 0 ? 0 : Math.Min(_max, _layout.TopOf(last)));
    }
}
