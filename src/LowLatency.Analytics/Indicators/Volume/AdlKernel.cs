using LowLatency.Analytics.Indicators.Windows;
using LowLatency.Analytics.Numerics;

namespace LowLatency.Analytics.Indicators.Volume;

/// <summary>
/// Accumulation/distribution line (Chaikin): the sum of the money flow volumes. O(1), the sum compensated.
/// </summary>
internal readonly struct AdlKernel() : IKernel<AdlKernel.State>
{
    public static BarColumns Reads => BarColumns.High | BarColumns.Low | BarColumns.Close | BarColumns.Volume;

    public int WindowLength => 0;

    public int WarmUp(int output) => 1;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        state.Sum.Add(MoneyFlow.Of(bar));
        values[0] = state.Sum.Value;
    }

    internal struct State
    {
        public CompensatedSum Sum;
    }
}
