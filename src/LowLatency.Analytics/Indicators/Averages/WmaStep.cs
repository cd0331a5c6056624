namespace LowLatency.Analytics.Indicators.Averages;

/// <summary>
/// One weighted average, weights 1 (oldest) to n (newest): in blocks as <see cref="Windows.WindowFold{TFold}"/>, with the weighted sums of suffixes
/// beside their sums. O(1) amortised, nothing is subtracted.
/// </summary>
/// <param name="length">n; the ring has <see cref="Ring"/> places.</param>
internal readonly struct WmaStep(int length)
{
    private readonly double _weights = length * (length + 1.0) / 2;

    public int Ring => RingOf(length);

    public static int RingOf(int length) => length;

    /// <summary>Takes the next value.</summary>
    /// <returns>The average; NaN before there are n.</returns>
    public double Update(ref WmaState state, Span<double> ring, double x)
    {
        int next = state.Next;
        ring[next] = x;
        double sum = next == 0 ? x : state.Sum + x;
        double weighted = next == 0 ? x : state.Weighted + ((next + 1) * x);
        if (++next == length)
        {
            state.Next = 0;
            state.IsFull = true;
            double suffix = 0;
            double weightedSuffix = 0;
            for (int i = length - 1; i >= 0; i--)
            {
                suffix += ring[i];
                weightedSuffix += suffix;
                ring[i] = weightedSuffix;
            }

            return weighted / _weights;
        }

        state.Next = next;
        state.Sum = sum;
        state.Weighted = weighted;
        // The older block's values have the weights 1 to n - next, those of this one follow.
        return state.IsFull ? (ring[next] + (((length - next) * sum) + weighted)) / _weights : double.NaN;
    }
}
