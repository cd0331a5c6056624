using LowLatency.Analytics.Indicators.Averages;
using LowLatency.Analytics.Indicators.Windows;

namespace LowLatency.Analytics.Indicators.Momentum;

/// <summary>
/// Stochastic: raw = 100 (close - lowest low) / (highest high - lowest low) over n bars, 0 when they are equal; %K = SMA of raw, %D = SMA of %K.
/// O(1) amortised.
/// </summary>
/// <param name="length">n.</param>
/// <param name="smooth">Length of %K.</param>
/// <param name="signal">Length of %D.</param>
internal readonly struct StochKernel(int length, int smooth, int signal) : IKernel<StochKernel.State>
{
    private readonly WindowFold<Highest> _highest = new(length);
    private readonly WindowFold<Lowest> _lowest = new(length);
    private readonly MeanStep _k = new(smooth);
    private readonly MeanStep _d = new(signal);

    public static BarColumns Reads => BarColumns.High | BarColumns.Low | BarColumns.Close;

    public int WindowLength => (2 * length) + smooth + signal;

    public int WarmUp(int output) => length + (output == 2 ? 0 : smooth - 1) + (output == 1 ? signal - 1 : 0);

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        double high = _highest.Update(ref state.High, window, bar.High);
        double low = _lowest.Update(ref state.Low, window[length..], bar.Low);
        if (double.IsNaN(high)) return;
        double raw = high == low ? 0 : 100 * (bar.Close - low) / (high - low);
        values[2] = raw;
        double k = _k.Update(ref state.K, window[(2 * length)..], raw);
        if (double.IsNaN(k)) return;
        values[0] = k;
        values[1] = _d.Update(ref state.D, window[((2 * length) + smooth)..], k);
    }

    internal struct State
    {
        public FoldState High;
        public FoldState Low;
        public FoldState K;
        public FoldState D;
    }
}
