using LowLatency.Analytics.Indicators.Averages;
using LowLatency.Analytics.Indicators.Windows;

namespace LowLatency.Analytics.Indicators.Momentum;

/// <summary>
/// Chande momentum oscillator: 100 (U - D) / (U + D), sums of the rises and falls over n changes, or their Wilder averages; 0 when nothing moved.
/// O(1) amortised.
/// </summary>
/// <param name="length">n.</param>
/// <param name="wilder">Whether rises and falls are averaged as Wilder does.</param>
internal readonly struct CmoKernel(int length, bool wilder) : IKernel<CmoKernel.State>
{
    private readonly WindowFold<Sum> _sum = new(length);
    private readonly EmaStep _average = EmaStep.Wilder(length);

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

        double rise = Math.Max(change, 0);
        double fall = Math.Max(-change, 0);
        double up = wilder ? _average.Update(ref state.UpAverage, rise) : _sum.Update(ref state.Up, window, rise);
        double down = wilder ? _average.Update(ref state.DownAverage, fall) : _sum.Update(ref state.Down, window[length..], fall);
        values[0] = up + down == 0 ? 0 : 100 * (up - down) / (up + down);
    }

    internal struct State
    {
        public FoldState Up;
        public FoldState Down;
        public EmaState UpAverage;
        public EmaState DownAverage;
        public double Last;
        public bool IsStarted;
    }
}
