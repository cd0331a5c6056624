namespace LowLatency.Analytics.Indicators.Trend;

/// <summary>
/// Heikin-Ashi candles: close = (o + h + l + c) / 4, open = the middle of the candle before, (o + c) / 2 at first; high and low include both. O(1).
/// </summary>
internal readonly struct HeikinashiKernel() : IKernel<HeikinashiKernel.State>
{
    public static BarColumns Reads => BarColumns.Open | BarColumns.High | BarColumns.Low | BarColumns.Close;

    public int WindowLength => 0;

    public int WarmUp(int output) => 1;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        double open = state.IsStarted ? (state.Open + state.Close) / 2 : (bar.Open + bar.Close) / 2;
        double close = (bar.Open + bar.High + bar.Low + bar.Close) / 4;
        state = new State { Open = open, Close = close, IsStarted = true };
        values[0] = open;
        values[1] = Math.Max(bar.High, Math.Max(open, close));
        values[2] = Math.Min(bar.Low, Math.Min(open, close));
        values[3] = close;
    }

    internal struct State
    {
        public double Open;
        public double Close;
        public bool IsStarted;
    }
}
