using LowLatency.Analytics.Indicators.Averages;

namespace LowLatency.Analytics.Indicators.Momentum;

/// <summary>
/// True strength index: 100 EMA(short, EMA(long, change)) / EMA(short, EMA(long, |change|)), seeded with means or with first values; its signal is an EMA of it. NaN when nothing has
/// moved. O(1).
/// </summary>
/// <param name="length">Length of the first EMA.</param>
/// <param name="second">Length of the second EMA.</param>
/// <param name="signal">Length of the signal's EMA.</param>
/// <param name="fromFirst">Whether each begins with its first value.</param>
internal readonly struct TsiKernel(int length, int second, int signal, bool fromFirst) : IKernel<TsiKernel.State>
{
    private readonly EmaStep _long = EmaStep.Of(length, fromFirst);
    private readonly EmaStep _short = EmaStep.Of(second, fromFirst);
    private readonly EmaStep _signal = EmaStep.Of(signal, fromFirst);

    public static BarColumns Reads => BarColumns.Close;

    public int WindowLength => 0;

    public int WarmUp(int output) => _long.Seed + _short.Seed + (output == 0 ? 0 : _signal.Seed - 1);

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        double change = bar.Close - state.Last;
        state.Last = bar.Close;
        if (!state.IsStarted)
        {
            state.IsStarted = true;
            return;
        }

        double net = _short.Update(ref state.Short, _long.Update(ref state.Long, change));
        double path = _short.Update(ref state.AbsoluteShort, _long.Update(ref state.AbsoluteLong, Math.Abs(change)));
        double value = 100 * net / path;
        values[0] = value;
        values[1] = _signal.Update(ref state.Signal, value);
    }

    internal struct State
    {
        public EmaState Long;
        public EmaState Short;
        public EmaState AbsoluteLong;
        public EmaState AbsoluteShort;
        public EmaState Signal;
        public double Last;
        public bool IsStarted;
    }
}
