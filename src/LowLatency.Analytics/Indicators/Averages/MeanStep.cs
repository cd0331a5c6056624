using LowLatency.Analytics.Indicators.Windows;

namespace LowLatency.Analytics.Indicators.Averages;

/// <summary>The mean of the last n values. Up to <see cref="Short"/> values are added anew, oldest first; more are summed in blocks.</summary>
/// <param name="length">n; the ring has as many places.</param>
internal readonly struct MeanStep(int length)
{
    /// <summary>So many additions cost no more than keeping blocks.</summary>
    public const int Short = 8;

    private readonly WindowFold<Sum> _sum = new(length);

    /// <summary>Takes the next value.</summary>
    /// <returns>The mean; NaN before there are n.</returns>
    public double Update(ref FoldState state, Span<double> ring, double x)
    {
        if (length > Short) return _sum.Update(ref state, ring, x) / length;
        ring[state.Next] = x;
        if (++state.Next == length)
        {
            state.Next = 0;
            state.IsFull = true;
        }

        if (!state.IsFull) return double.NaN;
        double sum = 0;
        for (int i = state.Next; i < length; i++) sum += ring[i];
        for (int i = 0; i < state.Next; i++) sum += ring[i];
        return sum / length;
    }
}
