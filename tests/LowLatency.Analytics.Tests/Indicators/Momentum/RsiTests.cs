using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Momentum;

public sealed class RsiTests() : IndicatorFacts("rsi(14)", "rsi.csv", "value")
{
    protected override string[] Others => ["rsi(2)"];

    internal override double[][] Naive(TestBars bars, double[] p)
    {
        int n = (int)p[0];
        double[] gain = Wilder(Map(Change(bars.Close), d => Math.Max(d, 0)), n);
        double[] loss = Wilder(Map(Change(bars.Close), d => Math.Max(-d, 0)), n);
        return [Map(gain, loss, (g, l) => 100 * g / (g + l))];
    }
}
