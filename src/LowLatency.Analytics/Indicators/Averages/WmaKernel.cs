namespace LowLatency.Analytics.Indicators.Averages;

/// <summary>
/// Weighted moving average: weights 1 (oldest) to n (newest). O(1) amortised.
/// </summary>
/// <param name="length">n.</param>
internal readonly struct WmaKernel(int length) : IKernel<WmaKernel.State>
{
    private readonly WmaStep _step = new(length);

    public static BarColumns Reads => BarColumns.Close;

    public int WindowLength => WmaStep.RingOf(length);

    public int WarmUp(int output) => length;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        values[0] = _step.Update(ref state.Wma, window, bar.Close);
    }

    internal struct State
    {
        public WmaState Wma;
    }
}
