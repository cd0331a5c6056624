using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Volatility;

public sealed class StddevTests() : IndicatorFacts("stddev(20)", "stddev.csv", "value")
{
    protected override string[] Others => ["stddev(2)", "stddev(7)"];

    internal override double[][] Naive(TestBars bars, double[] p) => [Stddev(bars.Close, (int)p[0])];
}
