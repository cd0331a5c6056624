using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Volume;

public sealed class CmfTests() : IndicatorFacts("cmf(20)", "cmf.csv", "value")
{
    protected override string[] Others => ["cmf(1)", "cmf(4)"];

    internal override double[][] Naive(TestBars bars, double[] p) => [Map(SumOf(MoneyFlow(bars), (int)p[0]), SumOf(bars.Volume, (int)p[0]), (f, v) => f / v)];
}
