using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Volatility;

public sealed class ChopTests() : IndicatorFacts("chop(14)", "chop.csv", "value")
{
    protected override string[] Others => ["chop(2)", "chop(5)"];

    internal override double[][] Naive(TestBars bars, double[] p)
    {
        int n = (int)p[0];
        double[] range = TrueRange(bars);
        range[0] = bars.High[0] - bars.Low[0];
        double[] sum = SumOf(range, n);
        double[] high = Highest(bars.High, n);
        double[] low = Lowest(bars.Low, n);
        return [Map(bars.Length, i => high[i] == low[i] ? double.NaN : 100 * Math.Log10(sum[i] / (high[i] - low[i])) / Math.Log10(n))];
    }
}
