using LowLatency.Analytics.Indicators.Windows;

namespace LowLatency.Analytics.Indicators.Volatility;

/// <summary>
/// Population standard deviation of the last n values. O(1) amortised.
/// </summary>
/// <param name="length">n.</param>
internal readonly struct StddevKernel(int length) : IKernel<StddevKernel.State>
{
    private readonly WindowMoments _moments = new(length);

    public static BarColumns Reads => BarColumns.Close;

    public int WindowLength => 2 * length;

    public int WarmUp(int output) => length;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        if (_moments.Update(ref state.Moments, window, bar.Close, out _, out double variance)) values[0] = Math.Sqrt(variance);
    }

    internal struct State
    {
        public MomentsState Moments;
    }
}
