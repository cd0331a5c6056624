using LowLatency.Analytics.Indicators.Averages;

namespace LowLatency.Analytics.Indicators.Volatility;

/// <summary>
/// Average true range: Wilder's average of the true range, which begins with the mean over bars 1 to n. O(1).
/// </summary>
/// <param name="length">n.</param>
internal readonly struct AtrKernel(int length) : IKernel<AtrKernel.State>
{
    private readonly EmaStep _step = EmaStep.Wilder(length);

    public static BarColumns Reads => BarColumns.High | BarColumns.Low | BarColumns.Close;

    public int WindowLength => 0;

    public int WarmUp(int output) => length + 1;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        values[0] = _step.Update(ref state.Average, state.Range.Update(bar));
    }

    internal struct State
    {
        public TrueRange Range;
        public EmaState Average;
    }
}
