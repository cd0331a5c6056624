using LowLatency.Analytics.Indicators.Windows;

namespace LowLatency.Analytics.Indicators.Averages;

/// <summary>
/// Volume-weighted moving average: sum(close volume) / sum(volume) over n bars; NaN when there is no volume. O(1) amortised.
/// </summary>
/// <param name="length">n.</param>
internal readonly struct VwmaKernel(int length) : IKernel<VwmaKernel.State>
{
    private readonly WindowFold<Sum> _sum = new(length);

    public static BarColumns Reads => BarColumns.Close | BarColumns.Volume;

    public int WindowLength => 2 * length;

    public int WarmUp(int output) => length;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        double value = _sum.Update(ref state.Value, window, bar.Close * bar.Volume);
        values[0] = value / _sum.Update(ref state.Volume, window[length..], bar.Volume);
    }

    internal struct State
    {
        public FoldState Value;
        public FoldState Volume;
    }
}
