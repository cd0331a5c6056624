using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Averages;

public sealed class DemaTests() : IndicatorFacts("dema(20)", "dema.csv", "value")
{
    protected override string[] Others => ["dema(1)", "dema(4)"];

    internal override double[][] Naive(TestBars bars, double[] p) => [Map(Ema(bars.Close, (int)p[0]), Ema(Ema(bars.Close, (int)p[0]), (int)p[0]), (a, b) => (2 * a) - b)];
}
