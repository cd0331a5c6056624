using LowLatency.Analytics.Indicators.Windows;

namespace LowLatency.Analytics.Indicators.Momentum;

/// <summary>
/// Williams %R: -100 (highest high - close) / (highest high - lowest low) over n bars; 0 when they are equal. O(1) amortised.
/// </summary>
/// <param name="length">n.</param>
internal readonly struct WillrKernel(int length) : IKernel<WillrKernel.State>
{
    private readonly WindowFold<Highest> _highest = new(length);
    private readonly WindowFold<Lowest> _lowest = new(length);

    public static BarColumns Reads => BarColumns.High | BarColumns.Low | BarColumns.Close;

    public int WindowLength => 2 * length;

    public int WarmUp(int output) => length;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        double high = _highest.Update(ref state.High, window, bar.High);
        double low = _lowest.Update(ref state.Low, window[length..], bar.Low);
        values[0] = high == low ? 0 : -100 * (high - bar.Close) / (high - low);
    }

    internal struct State
    {
        public FoldState High;
        public FoldState Low;
    }
}
