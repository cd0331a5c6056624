using LowLatency.Analytics.Indicators.Windows;

namespace LowLatency.Analytics.Indicators.Trend;

/// <summary>
/// Ichimoku: tenkan and kijun, the middles of the range over their lengths; spans a and b, (tenkan + kijun) / 2 and the middle over the long length, as of kijun
/// bars ago; chikou, the close, which is drawn kijun bars back (its value of a bar is known only so many bars later). O(1) amortised.
/// </summary>
/// <param name="tenkan">Length of tenkan.</param>
/// <param name="kijun">Length of kijun, and how far the spans are moved.</param>
/// <param name="senkou">Length of span b.</param>
internal readonly struct IchimokuKernel(int tenkan, int kijun, int senkou) : IKernel<IchimokuKernel.State>
{
    private readonly WindowFold<Highest> _high1 = new(tenkan);
    private readonly WindowFold<Lowest> _low1 = new(tenkan);
    private readonly WindowFold<Highest> _high2 = new(kijun);
    private readonly WindowFold<Lowest> _low2 = new(kijun);
    private readonly WindowFold<Highest> _high3 = new(senkou);
    private readonly WindowFold<Lowest> _low3 = new(senkou);
    private readonly Delay _delay = new(kijun);

    public static BarColumns Reads => BarColumns.High | BarColumns.Low | BarColumns.Close;

    public int WindowLength => (2 * (tenkan + kijun + senkou)) + (2 * kijun);

    public int WarmUp(int output) => output switch { 0 => tenkan, 1 => kijun, 2 => Math.Max(tenkan, kijun) + kijun, 3 => senkou + kijun, _ => 1 };

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        double line1 = (_high1.Update(ref state.High1, window, bar.High) + _low1.Update(ref state.Low1, window[tenkan..], bar.Low)) / 2;
        window = window[(2 * tenkan)..];
        double line2 = (_high2.Update(ref state.High2, window, bar.High) + _low2.Update(ref state.Low2, window[kijun..], bar.Low)) / 2;
        window = window[(2 * kijun)..];
        double line3 = (_high3.Update(ref state.High3, window, bar.High) + _low3.Update(ref state.Low3, window[senkou..], bar.Low)) / 2;
        window = window[(2 * senkou)..];
        values[0] = line1;
        values[1] = line2;
        values[2] = _delay.Update(ref state.SpanA, window, (line1 + line2) / 2);
        values[3] = _delay.Update(ref state.SpanB, window[kijun..], line3);
        values[4] = bar.Close;
    }

    internal struct State
    {
        public FoldState High1;
        public FoldState Low1;
        public FoldState High2;
        public FoldState Low2;
        public FoldState High3;
        public FoldState Low3;
        public DelayState SpanA;
        public DelayState SpanB;
    }
}
