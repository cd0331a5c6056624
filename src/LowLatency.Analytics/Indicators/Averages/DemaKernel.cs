namespace LowLatency.Analytics.Indicators.Averages;

/// <summary>
/// Double exponential average: 2 E1 - E2, E2 the EMA of E1, each seeded with a mean of its own first values. O(1).
/// </summary>
/// <param name="length">n.</param>
internal readonly struct DemaKernel(int length) : IKernel<DemaKernel.State>
{
    private readonly EmaStep _step = EmaStep.Of(length);

    public static BarColumns Reads => BarColumns.Close;

    public int WindowLength => 0;

    public int WarmUp(int output) => (2 * length) - 1;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        double first = _step.Update(ref state.First, bar.Close);
        double second = _step.Update(ref state.Second, first);
        values[0] = (2 * first) - second;
    }

    internal struct State
    {
        public EmaState First;
        public EmaState Second;
    }
}
