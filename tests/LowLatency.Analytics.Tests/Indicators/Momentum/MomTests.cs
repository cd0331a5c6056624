using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Momentum;

public sealed class MomTests() : IndicatorFacts("mom(10)", "mom.csv", "value")
{
    protected override string[] Others => ["mom(1)"];

    internal override double[][] Naive(TestBars bars, double[] p) => [Map(bars.Close, Before(bars.Close, (int)p[0]), (x, old) => x - old)];
}
