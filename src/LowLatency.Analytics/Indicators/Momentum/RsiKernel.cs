using LowLatency.Analytics.Indicators.Averages;

namespace LowLatency.Analytics.Indicators.Momentum;

/// <summary>
/// Relative strength index (Wilder 1978): 100 G / (G + L), where G and L are Wilder's averages of the gains and losses from value to value; they
/// begin with the means over the first n changes. NaN while nothing has ever moved (0/0). O(1).
/// </summary>
/// <param name="length">n.</param>
internal readonly struct RsiKernel(int length) : IKernel<RsiKernel.State>
{
    private readonly EmaStep _step = EmaStep.Wilder(length);

    public static BarColumns Reads => BarColumns.Close;

    public int WindowLength => 0;

    public int WarmUp(int output) => length + 1;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        double change = bar.Close - state.Last;
        state.Last = bar.Close;
        if (!state.IsStarted)
        {
            state.IsStarted = true;
            return;
        }

        double gain = _step.Update(ref state.Gain, double.MaxNative(change, 0));
        double loss = _step.Update(ref state.Loss, double.MaxNative(-change, 0));
        values[0] = 100 * gain / (gain + loss);
    }

    internal struct State
    {
        public EmaState Gain;
        public EmaState Loss;
        public double Last;
        public bool IsStarted;
    }
}
