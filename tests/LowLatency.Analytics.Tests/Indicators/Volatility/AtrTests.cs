using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Volatility;

public sealed class AtrTests() : IndicatorFacts("atr(14)", "atr.csv", "value")
{
    protected override string[] Others => ["atr(1)", "atr(5)"];

    internal override double[][] Naive(TestBars bars, double[] p) => [Wilder(TrueRange(bars), (int)p[0])];
}
