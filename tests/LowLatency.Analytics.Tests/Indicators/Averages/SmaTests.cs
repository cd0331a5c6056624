using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Averages;

public sealed class SmaTests() : IndicatorFacts("sma(20)", "sma.csv", "value")
{
    protected override string[] Others => ["sma(1)", "sma(2)", "sma(7)"];

    internal override double[][] Naive(TestBars bars, double[] p) => [Sma(bars.Close, (int)p[0])];
}
