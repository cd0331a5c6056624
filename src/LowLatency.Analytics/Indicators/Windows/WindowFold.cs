namespace LowLatency.Analytics.Indicators.Windows;

/// <summary>
/// The sum, the highest or the lowest of the last n values. The values are cut into blocks of n; a window is the end of one block and the begin of the next,
/// so its fold is that of a suffix and of a prefix, both known: O(1) amortised, the last value of a block costs n steps (van Herk 1992; Gil and Werman 1993).
/// Nothing is ever subtracted: a sum has the error of n additions however long the series is, it is exactly 0 where all of its values are, and a value too
/// large for a double does no harm beyond the windows that hold it.
/// </summary>
/// <typeparam name="TFold">The operation.</typeparam>
/// <param name="length">n; the ring that it works on has as many places.</param>
internal readonly struct WindowFold<TFold>(int length)
    where TFold : struct, IFold
{
    /// <summary>Takes the next value.</summary>
    /// <returns>The fold of the last n; NaN before there are n.</returns>
    public double Update(ref FoldState state, Span<double> ring, double x)
    {
        int next = state.Next;
        double open = next == 0 ? x : TFold.Fold(state.Open, x);
        // The places before next hold this block's values, those after it the suffix folds of the block before.
        ring[next] = x;
        if (++next < length)
        {
            state.Open = open;
            state.Next = next;
            return state.IsFull ? TFold.Fold(ring[next], open) : double.NaN;
        }

        EndBlock(ref state, ring);
        return open;
    }

    private void EndBlock(ref FoldState state, Span<double> ring)
    {
        state.Next = 0;
        state.IsFull = true;
        double suffix = ring[length - 1];
        for (int i = length - 2; i >= 0; i--)
        {
            suffix = TFold.Fold(suffix, ring[i]);
            ring[i] = suffix;
        }
    }
}
