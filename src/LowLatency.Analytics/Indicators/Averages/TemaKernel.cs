namespace LowLatency.Analytics.Indicators.Averages;

/// <summary>
/// Triple exponential average: 3 E1 - 3 E2 + E3, each the EMA of the one before, seeded with a mean of its own first values. O(1).
/// </summary>
/// <param name="length">n.</param>
internal readonly struct TemaKernel(int length) : IKernel<TemaKernel.State>
{
    private readonly EmaStep _step = EmaStep.Of(length);

    public static BarColumns Reads => BarColumns.Close;

    public int WindowLength => 0;

    public int WarmUp(int output) => (3 * length) - 2;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        double first = _step.Update(ref state.First, bar.Close);
        double second = _step.Update(ref state.Second, first);
        double third = _step.Update(ref state.Third, second);
        values[0] = (3 * (first - second)) + third;
    }

    internal struct State
    {
        public EmaState First;
        public EmaState Second;
        public EmaState Third;
    }
}
