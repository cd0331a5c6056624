using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Volume;

public sealed class ObvTests() : IndicatorFacts("obv", "obv.csv", "value")
{
    internal override double[][] Naive(TestBars bars, double[] p) => [Running(Map(bars.Length, i => i == 0 ? 0 : Math.Sign(bars.Close[i] - bars.Close[i - 1]) * bars.Volume[i]))];
}
