using LowLatency.Analytics.Indicators.Windows;

namespace LowLatency.Analytics.Indicators.Momentum;

/// <summary>
/// Commodity channel index: (tp - mean) / (0.015 mean |tp - mean|) over n typical prices (high + low + close) / 3; NaN when they are all equal. O(n): the mean
/// of the distances must be taken anew when the mean moves.
/// </summary>
/// <param name="length">n.</param>
internal readonly struct CciKernel(int length) : IKernel<CciKernel.State>
{
    public static BarColumns Reads => BarColumns.High | BarColumns.Low | BarColumns.Close;

    public int WindowLength => length;

    public int WarmUp(int output) => length;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        double typical = bar.Typical;
        _ = new Delay(length).Update(ref state.Ring, window, typical);
        if (!state.Ring.IsFull) return;
        // Distances from the newest: all exactly 0 when the window is flat.
        double sum = 0;
        for (int i = 0; i < length; i++) sum += window[i] - typical;
        double mean = sum / length;
        double deviation = 0;
        for (int i = 0; i < length; i++) deviation += Math.Abs(window[i] - typical - mean);
        values[0] = -mean / (0.015 * (deviation / length));
    }

    internal struct State
    {
        public DelayState Ring;
    }
}
