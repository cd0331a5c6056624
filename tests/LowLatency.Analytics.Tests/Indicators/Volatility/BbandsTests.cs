using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Volatility;

public sealed class BbandsTests() : IndicatorFacts("bbands(20,2)", "bbands.csv", "upper", "middle", "lower", "percent_b", "width")
{
    protected override string[] Others => ["bbands(5,2.5)"];

    internal override double[][] Naive(TestBars bars, double[] p)
    {
        int n = (int)p[0];
        double[] middle = Sma(bars.Close, n);
        double[] distance = Map(Stddev(bars.Close, n), s => p[1] * s);
        double[] upper = Map(middle, distance, (m, d) => m + d);
        double[] lower = Map(middle, distance, (m, d) => m - d);
        double[] percent = Map(bars.Length, i => distance[i] == 0 ? double.NaN : (bars.Close[i] - lower[i]) / (upper[i] - lower[i]));
        return [upper, middle, lower, percent, Map(bars.Length, i => 2 * distance[i] / middle[i])];
    }
}
