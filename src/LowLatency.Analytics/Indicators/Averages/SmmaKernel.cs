namespace LowLatency.Analytics.Indicators.Averages;

/// <summary>
/// Smoothed moving average, Wilder's: begins with the mean of the first n values, then s += (x - s) / n. O(1).
/// </summary>
/// <param name="length">n.</param>
internal readonly struct SmmaKernel(int length) : IKernel<SmmaKernel.State>
{
    private readonly EmaStep _step = EmaStep.Wilder(length);

    public static BarColumns Reads => BarColumns.Close;

    public int WindowLength => 0;

    public int WarmUp(int output) => length;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        values[0] = _step.Update(ref state.Ema, bar.Close);
    }

    internal struct State
    {
        public EmaState Ema;
    }
}
