using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Averages;

public sealed class HmaTests() : IndicatorFacts("hma(20)", "hma.csv", "value")
{
    protected override string[] Others => ["hma(2)", "hma(9)"];

    internal override double[][] Naive(TestBars bars, double[] p) => [Wma(Map(Wma(bars.Close, (int)p[0] / 2), Wma(bars.Close, (int)p[0]), (half, whole) => (2 * half) - whole), (int)Math.Sqrt(p[0]))];
}
