using LowLatency.Analytics.Indicators.Windows;

namespace LowLatency.Analytics.Indicators.Averages;

/// <summary>
/// Simple moving average: the mean of the last n values. O(1) amortised.
/// </summary>
/// <param name="length">n.</param>
internal readonly struct SmaKernel(int length) : IKernel<SmaKernel.State>
{
    private readonly MeanStep _mean = new(length);

    public static BarColumns Reads => BarColumns.Close;

    public int WindowLength => length;

    public int WarmUp(int output) => length;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        values[0] = _mean.Update(ref state.Sum, window, bar.Close);
    }

    internal struct State
    {
        public FoldState Sum;
    }
}
