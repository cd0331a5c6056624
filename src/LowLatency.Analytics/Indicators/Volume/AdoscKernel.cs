using LowLatency.Analytics.Indicators.Averages;
using LowLatency.Analytics.Indicators.Windows;
using LowLatency.Analytics.Numerics;

namespace LowLatency.Analytics.Indicators.Volume;

/// <summary>
/// Chaikin oscillator: EMA(fast) - EMA(slow) of the accumulation/distribution line, seeded with its first value or with means, shown from the longer length. O(1).
/// </summary>
/// <param name="fast">Length of the fast EMA.</param>
/// <param name="slow">Length of the slow EMA.</param>
/// <param name="fromMean">Whether each begins with the mean of its first values.</param>
internal readonly struct AdoscKernel(int fast, int slow, bool fromMean) : IKernel<AdoscKernel.State>
{
    private readonly EmaStep _fast = EmaStep.Of(fast, !fromMean);
    private readonly EmaStep _slow = EmaStep.Of(slow, !fromMean);

    public static BarColumns Reads => BarColumns.High | BarColumns.Low | BarColumns.Close | BarColumns.Volume;

    public int WindowLength => 0;

    public int WarmUp(int output) => Math.Max(fast, slow);

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        state.Sum.Add(MoneyFlow.Of(bar));
        double line = state.Sum.Value;
        double value = _fast.Update(ref state.Fast, line) - _slow.Update(ref state.Slow, line);
        if (state.Seen < Math.Max(fast, slow)) state.Seen++;
        if (state.Seen == Math.Max(fast, slow)) values[0] = value;
    }

    internal struct State
    {
        public CompensatedSum Sum;
        public EmaState Fast;
        public EmaState Slow;
        public int Seen;
    }
}
