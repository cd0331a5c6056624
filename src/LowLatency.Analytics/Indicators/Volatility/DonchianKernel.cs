using LowLatency.Analytics.Indicators.Windows;

namespace LowLatency.Analytics.Indicators.Volatility;

/// <summary>
/// Donchian channel: highest high and lowest low of the last n bars, this one among them or not, and their middle. O(1) amortised.
/// </summary>
/// <param name="length">n.</param>
/// <param name="prior">Whether they are the bars before this one.</param>
internal readonly struct DonchianKernel(int length, bool prior) : IKernel<DonchianKernel.State>
{
    private readonly WindowFold<Highest> _highest = new(length);
    private readonly WindowFold<Lowest> _lowest = new(length);

    public static BarColumns Reads => BarColumns.High | BarColumns.Low | BarColumns.Close;

    public int WindowLength => 2 * length;

    public int WarmUp(int output) => prior ? length + 1 : length;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        double high = _highest.Update(ref state.High, window, bar.High);
        double low = _lowest.Update(ref state.Low, window[length..], bar.Low);
        if (prior)
        {
            (state.LastHigh, high) = (high, state.LastHigh);
            (state.LastLow, low) = (low, state.LastLow);
            if (state.Seen < WarmUp(0)) state.Seen++;
            if (state.Seen < WarmUp(0)) return;
        }

        values[0] = high;
        values[1] = (high + low) / 2;
        values[2] = low;
    }

    internal struct State
    {
        public FoldState High;
        public FoldState Low;
        public double LastHigh;
        public double LastLow;
        public int Seen;
    }
}
