using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Volatility;

public sealed class DonchianTests() : IndicatorFacts("donchian(20)", "donchian.csv", "upper", "middle", "lower")
{
    protected override string[] Others => ["donchian(1)", "donchian(5)"];

    internal override double[][] Naive(TestBars bars, double[] p)
    {
        int n = (int)p[0];
        double[] high = Highest(bars.High, n);
        double[] low = Lowest(bars.Low, n);
        return [high, Map(high, low, (h, l) => (h + l) / 2), low];
    }
}
