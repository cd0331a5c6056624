using LowLatency.Analytics.Indicators.Windows;

namespace LowLatency.Analytics.Indicators.Momentum;

/// <summary>
/// Rate of change, percent: 100 (x / x of n values ago - 1). O(1).
/// </summary>
/// <param name="length">n.</param>
internal readonly struct RocKernel(int length) : IKernel<RocKernel.State>
{
    private readonly Delay _delay = new(length);

    public static BarColumns Reads => BarColumns.Close;

    public int WindowLength => length;

    public int WarmUp(int output) => length + 1;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        values[0] = 100 * ((bar.Close / _delay.Update(ref state.Delay, window, bar.Close)) - 1);
    }

    internal struct State
    {
        public DelayState Delay;
    }
}
