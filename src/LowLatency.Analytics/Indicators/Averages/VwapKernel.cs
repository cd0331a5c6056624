using LowLatency.Analytics.Indicators.Windows;
using LowLatency.Analytics.Numerics;

namespace LowLatency.Analytics.Indicators.Averages;

/// <summary>
/// Volume-weighted average price since the anchor: sum(typical price volume) / sum(volume); NaN while there is no volume. O(1), the sums compensated.
/// </summary>
/// <param name="days">Begins anew every so many days, counted from 1970 in UTC; 0 for never.</param>
internal readonly struct VwapKernel(int days) : IKernel<VwapKernel.State>
{
    private const long DayNs = 86_400_000_000_000;

    public static BarColumns Reads => BarColumns.High | BarColumns.Low | BarColumns.Close | BarColumns.Volume | BarColumns.Start;

    public int WindowLength => 0;

    public int WarmUp(int output) => 1;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        if (days > 0)
        {
            long session = (long)Math.Floor(bar.StartNs / ((double)days * DayNs)) + 1;
            if (session != state.Session) state = new State { Session = session };
        }

        state.Value.Add(bar.Typical * bar.Volume);
        state.Volume.Add(bar.Volume);
        values[0] = state.Value.Value / state.Volume.Value;
    }

    internal struct State
    {
        public CompensatedSum Value;
        public CompensatedSum Volume;
        public long Session;
    }
}
