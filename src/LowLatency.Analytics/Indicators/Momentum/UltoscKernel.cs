using LowLatency.Analytics.Indicators.Windows;

namespace LowLatency.Analytics.Indicators.Momentum;

/// <summary>
/// Ultimate oscillator: 100 (4 A1 + 2 A2 + A3) / 7, A = sum of the buying pressure / sum of the true range over each length. NaN when a range is 0.
/// O(1) amortised.
/// </summary>
/// <param name="length1">The short length.</param>
/// <param name="length2">The middle length.</param>
/// <param name="length3">The long length.</param>
internal readonly struct UltoscKernel(int length1, int length2, int length3) : IKernel<UltoscKernel.State>
{
    private readonly WindowFold<Sum> _first = new(length1);
    private readonly WindowFold<Sum> _second = new(length2);
    private readonly WindowFold<Sum> _third = new(length3);

    public static BarColumns Reads => BarColumns.High | BarColumns.Low | BarColumns.Close;

    public int WindowLength => 2 * (length1 + length2 + length3);

    public int WarmUp(int output) => 1 + Math.Max(length1, Math.Max(length2, length3));

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        double last = state.Last;
        state.Last = bar.Close;
        if (!state.IsStarted)
        {
            state.IsStarted = true;
            return;
        }

        double low = Math.Min(bar.Low, last);
        double pressure = bar.Close - low;
        double range = Math.Max(bar.High, last) - low;
        double first = _first.Update(ref state.Pressure1, window, pressure) / _first.Update(ref state.Range1, window[length1..], range);
        window = window[(2 * length1)..];
        double second = _second.Update(ref state.Pressure2, window, pressure) / _second.Update(ref state.Range2, window[length2..], range);
        window = window[(2 * length2)..];
        double third = _third.Update(ref state.Pressure3, window, pressure) / _third.Update(ref state.Range3, window[length3..], range);
        values[0] = 100 * ((4 * first) + (2 * second) + third) / 7;
    }

    internal struct State
    {
        public FoldState Pressure1;
        public FoldState Range1;
        public FoldState Pressure2;
        public FoldState Range2;
        public FoldState Pressure3;
        public FoldState Range3;
        public double Last;
        public bool IsStarted;
    }
}
