using LowLatency.Analytics.Indicators.Windows;

namespace LowLatency.Analytics.Indicators.Averages;

/// <summary>
/// Kaufman's adaptive average: k += s^2 (x - k), s between the EMA factors of slow and fast by the efficiency ratio |net change| / path over n changes;
/// a path of 0 counts as ratio 1. Begins as the n-th value. O(1) amortised.
/// </summary>
/// <param name="length">n.</param>
/// <param name="fast">Length of the fast EMA.</param>
/// <param name="slow">Length of the slow EMA.</param>
internal readonly struct KamaKernel(int length, int fast, int slow) : IKernel<KamaKernel.State>
{
    private readonly double _fast = 2.0 / (fast + 1);
    private readonly double _slow = 2.0 / (slow + 1);
    private readonly WindowFold<Sum> _path = new(length);

    public static BarColumns Reads => BarColumns.Close;

    public int WindowLength => 2 * length;

    public int WarmUp(int output) => output == 0 ? length : length + 1;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        double change = Math.Abs(bar.Close - state.Last);
        state.Last = bar.Close;
        double old = new Delay(length).Update(ref state.Delay, window, bar.Close);
        bool isFirst = state.Seen == 0;
        if (state.Seen <= length) state.Seen++;
        double path = isFirst ? double.NaN : _path.Update(ref state.Path, window[length..], change);
        if (state.Seen == length) values[0] = state.Value = bar.Close;
        if (state.Seen <= length) return;
        double ratio = path > 0 ? Math.Min(1, Math.Abs(bar.Close - old) / path) : 1;
        double factor = (ratio * (_fast - _slow)) + _slow;
        values[0] = state.Value += factor * factor * (bar.Close - state.Value);
        values[1] = ratio;
    }

    internal struct State
    {
        public FoldState Path;
        public DelayState Delay;
        public double Last;
        public double Value;
        public int Seen;
    }
}
