using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Averages;

public sealed class EmaTests() : IndicatorFacts("ema(20)", "ema.csv", "value")
{
    protected override string[] Others => ["ema(1)", "ema(3)"];

    internal override double[][] Naive(TestBars bars, double[] p) => [Ema(bars.Close, (int)p[0])];
}
