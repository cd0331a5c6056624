using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Averages;

public sealed class WmaTests() : IndicatorFacts("wma(20)", "wma.csv", "value")
{
    protected override string[] Others => ["wma(1)", "wma(2)", "wma(7)"];

    internal override double[][] Naive(TestBars bars, double[] p) => [Wma(bars.Close, (int)p[0])];
}
