using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Momentum;

public sealed class RocTests() : IndicatorFacts("roc(10)", "roc.csv", "value")
{
    protected override string[] Others => ["roc(1)"];

    internal override double[][] Naive(TestBars bars, double[] p) => [Map(bars.Close, Before(bars.Close, (int)p[0]), (x, old) => 100 * ((x / old) - 1))];
}
