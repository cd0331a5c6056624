using LowLatency.Analytics.Indicators.Windows;

namespace LowLatency.Analytics.Indicators.Momentum;

/// <summary>
/// Chande momentum oscillator: 100 (U - D) / (U + D), sums of the rises and falls over n changes; 0 when nothing moved. O(1) amortised.
/// </summary>
/// <param name="length">n.</param>
internal readonly struct CmoKernel(int length) : IKernel<CmoKernel.State>
{
    private readonly WindowFold<Sum> _sum = new(length);

    public static BarColumns Reads => BarColumns.Close;

    public int WindowLength => 2 * length;

    public int WarmUp(int output) => length + 1;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        double change = bar.Close - state.Last;
        state.Last = bar.Close;
        if (!state.IsStarted)
        {
            state.IsStarted = true;
            return;
        }

        double up = _sum.Update(ref state.Up, window, Math.Max(change, 0));
        double down = _sum.Update(ref state.Down, window[length..], Math.Max(-change, 0));
        values[0] = up + down == 0 ? 0 : 100 * (up - down) / (up + down);
    }

    internal struct State
    {
        public FoldState Up;
        public FoldState Down;
        public double Last;
        public bool IsStarted;
    }
}
