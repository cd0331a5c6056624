using LowLatency.Analytics.Indicators.Windows;

namespace LowLatency.Analytics.Indicators.Averages;

/// <summary>
/// Zero-lag moving average (Ehlers and Way): EMA(n) over x + (x - x of lag values ago), lag = floor((n - 1) / 2). O(1).
/// </summary>
/// <param name="length">n.</param>
internal readonly struct ZlmaKernel(int length) : IKernel<ZlmaKernel.State>
{
    private readonly EmaStep _step = EmaStep.Of(length);
    private readonly int _lag = (length - 1) / 2;

    public static BarColumns Reads => BarColumns.Close;

    public int WindowLength => _lag;

    public int WarmUp(int output) => length + _lag;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        double old = new Delay(_lag).Update(ref state.Delay, window, bar.Close);
        values[0] = _step.Update(ref state.Ema, bar.Close + (bar.Close - old));
    }

    internal struct State
    {
        public EmaState Ema;
        public DelayState Delay;
    }
}
