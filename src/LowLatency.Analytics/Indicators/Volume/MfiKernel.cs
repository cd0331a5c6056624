using LowLatency.Analytics.Indicators.Windows;

namespace LowLatency.Analytics.Indicators.Volume;

/// <summary>
/// Money flow index: 100 P / (P + N), sums over n bars of typical price times volume where the typical price rose and where it fell, as compared in doubles;
/// NaN when both are 0. O(1) amortised.
/// </summary>
/// <param name="length">n.</param>
internal readonly struct MfiKernel(int length) : IKernel<MfiKernel.State>
{
    private readonly WindowFold<Sum> _sum = new(length);

    public static BarColumns Reads => BarColumns.High | BarColumns.Low | BarColumns.Close | BarColumns.Volume;

    public int WindowLength => 2 * length;

    public int WarmUp(int output) => length + 1;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        double typical = bar.Typical;
        double last = state.Last;
        state.Last = typical;
        if (!state.IsStarted)
        {
            state.IsStarted = true;
            return;
        }

        double flow = typical * bar.Volume;
        double up = _sum.Update(ref state.Up, window, typical > last ? flow : 0);
        double down = _sum.Update(ref state.Down, window[length..], typical < last ? flow : 0);
        values[0] = 100 * up / (up + down);
    }

    internal struct State
    {
        public FoldState Up;
        public FoldState Down;
        public double Last;
        public bool IsStarted;
    }
}
