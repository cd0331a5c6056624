using LowLatency.Analytics.Indicators.Averages;

namespace LowLatency.Analytics.Indicators.Momentum;

/// <summary>
/// Moving average convergence divergence: EMA(fast) - EMA(slow); its signal, an EMA of it; their difference. Each is seeded with the mean of its own first
/// values, or with its first value. O(1).
/// </summary>
/// <param name="fast">Length of the fast EMA.</param>
/// <param name="slow">Length of the slow EMA.</param>
/// <param name="signal">Length of the signal's EMA.</param>
/// <param name="fromFirst">Whether each begins with its first value.</param>
internal readonly struct MacdKernel(int fast, int slow, int signal, bool fromFirst) : IKernel<MacdKernel.State>
{
    private readonly EmaStep _fast = EmaStep.Of(fast, fromFirst);
    private readonly EmaStep _slow = EmaStep.Of(slow, fromFirst);
    private readonly EmaStep _signal = EmaStep.Of(signal, fromFirst);

    public static BarColumns Reads => BarColumns.Close;

    public int WindowLength => 0;

    public int WarmUp(int output) => Math.Max(_fast.Seed, _slow.Seed) + (output == 0 ? 0 : _signal.Seed - 1);

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        double macd = _fast.Update(ref state.Fast, bar.Close) - _slow.Update(ref state.Slow, bar.Close);
        double smoothed = _signal.Update(ref state.Signal, macd);
        values[0] = macd;
        values[1] = smoothed;
        values[2] = macd - smoothed;
    }

    internal struct State
    {
        public EmaState Fast;
        public EmaState Slow;
        public EmaState Signal;
    }
}
