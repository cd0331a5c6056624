namespace LowLatency.Analytics.Indicators.Averages;

/// <summary>
/// Exponential moving average: begins with the mean of the first n values, at the n-th, or with the first value; then e += 2 / (n + 1) * (x - e). O(1).
/// </summary>
/// <param name="length">n.</param>
/// <param name="fromFirst">Whether it begins with the first value.</param>
internal readonly struct EmaKernel(int length, bool fromFirst) : IKernel<EmaKernel.State>
{
    private readonly EmaStep _step = EmaStep.Of(length, fromFirst);

    public static BarColumns Reads => BarColumns.Close;

    public int WindowLength => 0;

    public int WarmUp(int output) => _step.Seed;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        values[0] = _step.Update(ref state.Ema, bar.Close);
    }

    internal struct State
    {
        public EmaState Ema;
    }
}
