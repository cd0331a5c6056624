namespace LowLatency.Analytics.Indicators.Averages;

/// <summary>
/// Hull moving average: WMA of length floor(sqrt n) over 2 WMA(floor(n / 2)) - WMA(n). O(1) amortised.
/// </summary>
/// <param name="length">n, at least 2.</param>
internal readonly struct HmaKernel(int length) : IKernel<HmaKernel.State>
{
    private readonly WmaStep _half = new(length / 2);
    private readonly WmaStep _whole = new(length);
    private readonly WmaStep _root = new((int)Math.Sqrt(length));

    public static BarColumns Reads => BarColumns.Close;

    public int WindowLength => _half.Ring + _whole.Ring + _root.Ring;

    public int WarmUp(int output) => length + (int)Math.Sqrt(length) - 1;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        double half = _half.Update(ref state.Half, window, bar.Close);
        double whole = _whole.Update(ref state.Whole, window[_half.Ring..], bar.Close);
        if (!double.IsNaN(whole)) values[0] = _root.Update(ref state.Root, window[(_half.Ring + _whole.Ring)..], (2 * half) - whole);
    }

    internal struct State
    {
        public WmaState Half;
        public WmaState Whole;
        public WmaState Root;
    }
}
