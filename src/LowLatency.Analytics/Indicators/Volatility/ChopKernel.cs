using LowLatency.Analytics.Indicators.Windows;
using LowLatency.Analytics.Numerics;

namespace LowLatency.Analytics.Indicators.Volatility;

/// <summary>
/// Choppiness (Dreiss): 100 ln(sum of true ranges / (highest high - lowest low)) / ln n over n bars; the first true range is high - low. Or with true highs
/// and lows, which reach to the close before, from the second bar on. NaN when the range is 0. O(1) amortised.
/// </summary>
/// <param name="length">n, at least 2.</param>
/// <param name="isTrue">Whether highs and lows are true ones.</param>
internal readonly struct ChopKernel(int length, bool isTrue) : IKernel<ChopKernel.State>
{
    private readonly WindowFold<Sum> _sum = new(length);
    private readonly WindowFold<Highest> _highest = new(length);
    private readonly WindowFold<Lowest> _lowest = new(length);
    private readonly double _logLength = NaturalLog.Of(length);

    public static BarColumns Reads => BarColumns.High | BarColumns.Low | BarColumns.Close;

    public int WindowLength => 3 * length;

    public int WarmUp(int output) => isTrue ? length + 1 : length;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        double last = state.Range.Last;
        double range = state.Range.Update(bar);
        if (isTrue && double.IsNaN(range)) return;
        double sum = _sum.Update(ref state.Sum, window, double.IsNaN(range) ? bar.High - bar.Low : range);
        double high = _highest.Update(ref state.High, window[length..], isTrue ? Math.Max(bar.High, last) : bar.High);
        double low = _lowest.Update(ref state.Low, window[(2 * length)..], isTrue ? Math.Min(bar.Low, last) : bar.Low);
        if (high > low) values[0] = 100 * NaturalLog.OfRatio(sum, high - low) / _logLength;
    }

    internal struct State
    {
        public TrueRange Range;
        public FoldState Sum;
        public FoldState High;
        public FoldState Low;
    }
}
