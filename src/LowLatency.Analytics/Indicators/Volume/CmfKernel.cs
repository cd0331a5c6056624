using LowLatency.Analytics.Indicators.Windows;

namespace LowLatency.Analytics.Indicators.Volume;

/// <summary>
/// Chaikin money flow: sum of the money flow volumes / sum of the volumes over n bars; NaN when there is no volume. O(1) amortised.
/// </summary>
/// <param name="length">n.</param>
internal readonly struct CmfKernel(int length) : IKernel<CmfKernel.State>
{
    private readonly WindowFold<Sum> _sum = new(length);

    public static BarColumns Reads => BarColumns.High | BarColumns.Low | BarColumns.Close | BarColumns.Volume;

    public int WindowLength => 2 * length;

    public int WarmUp(int output) => length;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        values[0] = _sum.Update(ref state.Flow, window, MoneyFlow.Of(bar)) / _sum.Update(ref state.Volume, window[length..], bar.Volume);
    }

    internal struct State
    {
        public FoldState Flow;
        public FoldState Volume;
    }
}
