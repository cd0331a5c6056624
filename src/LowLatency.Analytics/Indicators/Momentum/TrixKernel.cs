using LowLatency.Analytics.Indicators.Averages;

namespace LowLatency.Analytics.Indicators.Momentum;

/// <summary>
/// TRIX, percent: the change of the triple EMA from value to value, each EMA seeded with the mean of its own first values. O(1).
/// </summary>
/// <param name="length">n.</param>
internal readonly struct TrixKernel(int length) : IKernel<TrixKernel.State>
{
    private readonly EmaStep _step = EmaStep.Of(length);

    public static BarColumns Reads => BarColumns.Close;

    public int WindowLength => 0;

    public int WarmUp(int output) => (3 * length) - 1;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        double last = state.Third.Seen >= length ? state.Third.Value : double.NaN;
        double third = _step.Update(ref state.Third, _step.Update(ref state.Second, _step.Update(ref state.First, bar.Close)));
        values[0] = 100 * ((third / last) - 1);
    }

    internal struct State
    {
        public EmaState First;
        public EmaState Second;
        public EmaState Third;
    }
}
