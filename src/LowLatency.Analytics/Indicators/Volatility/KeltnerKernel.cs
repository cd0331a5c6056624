using LowLatency.Analytics.Indicators.Averages;

namespace LowLatency.Analytics.Indicators.Volatility;

/// <summary>
/// Keltner channels: EMA of the closes plus and minus k average true ranges. O(1).
/// </summary>
/// <param name="length">Length of the EMA.</param>
/// <param name="ranges">k.</param>
/// <param name="atrLength">Length of the average true range.</param>
internal readonly struct KeltnerKernel(int length, double ranges, int atrLength) : IKernel<KeltnerKernel.State>
{
    private readonly EmaStep _ema = EmaStep.Of(length);
    private readonly EmaStep _atr = EmaStep.Wilder(atrLength);

    public static BarColumns Reads => BarColumns.High | BarColumns.Low | BarColumns.Close;

    public int WindowLength => 0;

    public int WarmUp(int output) => output == 1 ? length : Math.Max(length, atrLength + 1);

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        double distance = ranges * _atr.Update(ref state.Average, state.Range.Update(bar));
        double middle = _ema.Update(ref state.Middle, bar.Close);
        values[0] = middle + distance;
        values[1] = middle;
        values[2] = middle - distance;
    }

    internal struct State
    {
        public TrueRange Range;
        public EmaState Average;
        public EmaState Middle;
    }
}
