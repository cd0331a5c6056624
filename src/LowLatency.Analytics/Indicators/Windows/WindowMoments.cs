namespace LowLatency.Analytics.Indicators.Windows;

/// <summary>
/// Mean and population variance of the last n values, from sums and sums of squares of the distances from a value inside the window, kept in blocks as
/// <see cref="WindowFold{TFold}"/> does: O(1) amortised, no drift, and exactly 0 for values that are all equal.
/// </summary>
/// <param name="length">n; the ring has twice as many places.</param>
internal readonly struct WindowMoments(int length)
{
    private readonly double _inverse = 1.0 / length;

    /// <summary>Takes the next value.</summary>
    /// <param name="state">Where the window stands.</param>
    /// <param name="ring">The memory.</param>
    /// <param name="x">The value.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="variance">The population variance, not negative.</param>
    /// <returns>Whether there are n values.</returns>
    public bool Update(ref MomentsState state, Span<double> ring, double x, out double mean, out double variance)
    {
        int next = state.Next;
        ring[next] = x;
        if (++next == length) return EndBlock(ref state, ring, x, out mean, out variance);
        double distance = x - state.Shift;
        state.Sum += distance;
        state.Squares += distance * distance;
        state.Next = next;
        Finish(state.Shift, ring[next] + state.Sum, ring[length + next] + state.Squares, out mean, out variance);
        return state.IsFull;
    }

    private bool EndBlock(ref MomentsState state, Span<double> ring, double shift, out double mean, out double variance)
    {
        double sum = 0;
        double squares = 0;
        for (int i = length - 1; i >= 0; i--)
        {
            double distance = ring[i] - shift;
            sum += distance;
            squares += distance * distance;
            ring[i] = sum;
            ring[length + i] = squares;
        }

        state = new MomentsState { Shift = shift, IsFull = true };
        Finish(shift, sum, squares, out mean, out variance);
        return true;
    }

    private void Finish(double shift, double sum, double squares, out double mean, out double variance)
    {
        double offset = sum * _inverse;
        mean = shift + offset;
        variance = Math.Max(0, (squares * _inverse) - (offset * offset));
    }
}
