using LowLatency.Analytics.Indicators.Averages;
using LowLatency.Analytics.Indicators.Volatility;

namespace LowLatency.Analytics.Indicators.Trend;

/// <summary>
/// SuperTrend: bands (high + low) / 2 plus and minus k average true ranges, which only move towards the price while it stays on their side; the line is the band
/// on the side of the trend, which turns when the close crosses it. The first direction is up when the close is not below (high + low) / 2. O(1).
/// </summary>
/// <param name="length">Length of the average true range.</param>
/// <param name="ranges">k.</param>
internal readonly struct SupertrendKernel(int length, double ranges) : IKernel<SupertrendKernel.State>
{
    private readonly EmaStep _atr = EmaStep.Wilder(length);

    public static BarColumns Reads => BarColumns.High | BarColumns.Low | BarColumns.Close;

    public int WindowLength => 0;

    public int WarmUp(int output) => length + 1;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        double distance = ranges * _atr.Update(ref state.Average, state.Range.Update(bar));
        double last = state.Last;
        state.Last = bar.Close;
        if (double.IsNaN(distance)) return;
        double middle = (bar.High + bar.Low) / 2;
        double upper = middle + distance;
        double lower = middle - distance;
        if (!state.IsStarted) state.IsUp = bar.Close >= middle;
        if (!state.IsStarted || upper < state.Upper || last > state.Upper) state.Upper = upper;
        if (!state.IsStarted || lower > state.Lower || last < state.Lower) state.Lower = lower;
        state.IsStarted = true;
        state.IsUp = bar.Close > (state.IsUp ? state.Lower : state.Upper);
        values[0] = state.IsUp ? state.Lower : state.Upper;
        values[1] = state.IsUp ? 1 : -1;
    }

    internal struct State
    {
        public TrueRange Range;
        public EmaState Average;
        public double Upper;
        public double Lower;
        public double Last;
        public bool IsStarted;
        public bool IsUp;
    }
}
