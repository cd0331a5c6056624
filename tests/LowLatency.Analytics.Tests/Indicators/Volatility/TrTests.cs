using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Volatility;

public sealed class TrTests() : IndicatorFacts("tr", "tr.csv", "value")
{
    internal override double[][] Naive(TestBars bars, double[] p) => [TrueRange(bars)];
}
