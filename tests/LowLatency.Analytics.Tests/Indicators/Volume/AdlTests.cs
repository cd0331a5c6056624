using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Volume;

public sealed class AdlTests() : IndicatorFacts("adl", "adl.csv", "value")
{
    internal override double[][] Naive(TestBars bars, double[] p) => [Running(MoneyFlow(bars))];
}
