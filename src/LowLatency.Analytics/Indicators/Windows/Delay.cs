namespace LowLatency.Analytics.Indicators.Windows;

/// <summary>The value of n updates ago.</summary>
/// <param name="length">n; the ring has as many places.</param>
internal readonly struct Delay(int length)
{
    /// <summary>Takes the next value.</summary>
    /// <returns>The one n updates before it; NaN where there is none.</returns>
    public double Update(ref DelayState state, Span<double> ring, double x)
    {
        if (length == 0) return x;
        ref double place = ref ring[state.Next];
        double old = state.IsFull ? place : double.NaN;
        place = x;
        if (++state.Next == length)
        {
            state.Next = 0;
            state.IsFull = true;
        }

        return old;
    }
}
