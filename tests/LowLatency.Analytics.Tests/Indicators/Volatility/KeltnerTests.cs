using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Volatility;

public sealed class KeltnerTests() : IndicatorFacts("keltner(20,2,10)", "keltner.csv", "upper", "middle", "lower")
{
    protected override string[] Others => ["keltner(4,1.5,9)"];

    internal override double[][] Naive(TestBars bars, double[] p)
    {
        int n = (int)p[0];
        double[] middle = Ema(bars.Close, n);
        double[] distance = Map(Wilder(TrueRange(bars), (int)p[2]), r => p[1] * r);
        return [Map(middle, distance, (m, d) => m + d), middle, Map(middle, distance, (m, d) => m - d)];
    }
}
