using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Momentum;

public sealed class WillrTests() : IndicatorFacts("willr(14)", "willr.csv", "value")
{
    protected override string[] Others => ["willr(1)", "willr(5)"];

    internal override double[][] Naive(TestBars bars, double[] p)
    {
        int n = (int)p[0];
        double[] high = Highest(bars.High, n);
        double[] low = Lowest(bars.Low, n);
        return [Map(bars.Length, i => high[i] == low[i] ? 0 : -100 * (high[i] - bars.Close[i]) / (high[i] - low[i]))];
    }
}
