using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Averages;

public sealed class SmmaTests() : IndicatorFacts("smma(14)", "smma.csv", "value")
{
    protected override string[] Others => ["smma(1)", "smma(5)"];

    internal override double[][] Naive(TestBars bars, double[] p) => [Wilder(bars.Close, (int)p[0])];
}
