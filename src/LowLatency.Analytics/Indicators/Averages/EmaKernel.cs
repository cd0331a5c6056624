namespace LowLatency.Analytics.Indicators.Averages;

/// <summary>
/// Exponential moving average: begins with the mean of the first n values, at the n-th; then e += 2 / (n + 1) * (x - e). O(1).
/// </summary>
/// <param name="length">n.</param>
internal readonly struct EmaKernel(int length) : IKernel<EmaKernel.State>
{
    private readonly EmaStep _step = EmaStep.Of(length);

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
