using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Averages;

public sealed class ZlmaTests() : IndicatorFacts("zlma(20)", "zlema.csv", "value")
{
    protected override string[] Others => ["zlma(1)", "zlma(2)", "zlma(5)"];

    internal override double[][] Naive(TestBars bars, double[] p) => [Ema(Map(bars.Close, Before(bars.Close, ((int)p[0] - 1) / 2), (x, old) => (2 * x) - old), (int)p[0])];
}
