using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Averages;

public sealed class VwmaTests() : IndicatorFacts("vwma(20)", "vwma.csv", "value")
{
    protected override string[] Others => ["vwma(1)", "vwma(3)"];

    internal override double[][] Naive(TestBars bars, double[] p) => [Map(SumOf(Map(bars.Close, bars.Volume, (c, v) => c * v), (int)p[0]), SumOf(bars.Volume, (int)p[0]), (a, b) => a / b)];
}
