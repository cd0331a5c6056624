using LowLatency.Analytics.Indicators.Averages;
using LowLatency.Analytics.Indicators.Volatility;

namespace LowLatency.Analytics.Indicators.Trend;

/// <summary>
/// Average directional index (Wilder 1978): +DM = the rise of the high if it is positive and larger than the fall of the low, -DM mirrored; DI = 100 times
/// Wilder's average of DM over that of the true range, DX = 100 |+DI - -DI| / (+DI + -DI), ADX = Wilder's average of DX. Where DX is 0/0 all but the DI are NaN
/// and the ADX stays. O(1).
/// </summary>
/// <param name="length">n.</param>
internal readonly struct AdxKernel(int length) : IKernel<AdxKernel.State>
{
    private readonly EmaStep _step = EmaStep.Wilder(length);

    public static BarColumns Reads => BarColumns.High | BarColumns.Low | BarColumns.Close;

    public int WindowLength => 0;

    public int WarmUp(int output) => output == 0 ? 2 * length : length + 1;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        double up = bar.High - state.High;
        double down = state.Low - bar.Low;
        state.High = bar.High;
        state.Low = bar.Low;
        double trueRange = state.Range.Update(bar);
        if (double.IsNaN(trueRange)) return;
        double range = _step.Update(ref state.AverageRange, trueRange);
        double plus = _step.Update(ref state.Plus, up > down && up > 0 ? up : 0);
        double minus = _step.Update(ref state.Minus, down > up && down > 0 ? down : 0);
        double plusIndex = 100 * plus / range;
        double minusIndex = 100 * minus / range;
        double directional = 100 * Math.Abs(plusIndex - minusIndex) / (plusIndex + minusIndex);
        values[0] = _step.Update(ref state.Adx, directional);
        values[1] = plusIndex;
        values[2] = minusIndex;
        values[3] = directional;
    }

    internal struct State
    {
        public TrueRange Range;
        public EmaState AverageRange;
        public EmaState Plus;
        public EmaState Minus;
        public EmaState Adx;
        public double High;
        public double Low;
    }
}
