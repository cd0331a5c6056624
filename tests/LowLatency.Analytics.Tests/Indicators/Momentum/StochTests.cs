using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Momentum;

public sealed class StochTests() : IndicatorFacts("stoch(14,3,3)", "stoch.csv", "k", "d", "raw_k")
{
    protected override string[] Others => ["stoch(1,1,1)", "stoch(5,2,4)"];

    internal override double[][] Naive(TestBars bars, double[] p)
    {
        int n = (int)p[0];
        double[] high = Highest(bars.High, n);
        double[] low = Lowest(bars.Low, n);
        double[] raw = Map(bars.Length, i => high[i] == low[i] ? 0 : 100 * (bars.Close[i] - low[i]) / (high[i] - low[i]));
        double[] k = Sma(raw, (int)p[1]);
        return [k, Sma(k, (int)p[2]), raw];
    }
}
