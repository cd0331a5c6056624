using LowLatency.Analytics.Indicators.Windows;
using LowLatency.Analytics.Numerics;

namespace LowLatency.Analytics.Indicators.Volume;

/// <summary>
/// On-balance volume: the sum of the volumes, with the sign of the change of the close; 0 on the first bar, or its volume. O(1), the sum compensated.
/// </summary>
/// <param name="fromVolume">Whether it begins with the first bar's volume.</param>
internal readonly struct ObvKernel(bool fromVolume) : IKernel<ObvKernel.State>
{
    public static BarColumns Reads => BarColumns.Close | BarColumns.Volume;

    public int WindowLength => 0;

    public int WarmUp(int output) => 1;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        if (state.IsStarted && bar.Close != state.Last) state.Sum.Add(bar.Close > state.Last ? bar.Volume : -bar.Volume);
        if (!state.IsStarted && fromVolume) state.Sum.Add(bar.Volume);
        state.IsStarted = true;
        state.Last = bar.Close;
        values[0] = state.Sum.Value;
    }

    internal struct State
    {
        public CompensatedSum Sum;
        public double Last;
        public bool IsStarted;
    }
}
