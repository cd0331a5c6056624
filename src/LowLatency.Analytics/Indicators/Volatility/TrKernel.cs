namespace LowLatency.Analytics.Indicators.Volatility;

/// <summary>
/// True range: the larger of high - low and the distances of both from the close before; not defined on the first bar. O(1).
/// </summary>
internal readonly struct TrKernel() : IKernel<TrKernel.State>
{
    public static BarColumns Reads => BarColumns.High | BarColumns.Low | BarColumns.Close;

    public int WindowLength => 0;

    public int WarmUp(int output) => 2;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        values[0] = state.Range.Update(bar);
    }

    internal struct State
    {
        public TrueRange Range;
    }
}
