using LowLatency.Analytics.Indicators.Windows;

namespace LowLatency.Analytics.Indicators.Momentum;

/// <summary>
/// Momentum: x - x of n values ago. O(1).
/// </summary>
/// <param name="length">n.</param>
internal readonly struct MomKernel(int length) : IKernel<MomKernel.State>
{
    private readonly Delay _delay = new(length);

    public static BarColumns Reads => BarColumns.Close;

    public int WindowLength => length;

    public int WarmUp(int output) => length + 1;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        values[0] = bar.Close - _delay.Update(ref state.Delay, window, bar.Close);
    }

    internal struct State
    {
        public DelayState Delay;
    }
}
