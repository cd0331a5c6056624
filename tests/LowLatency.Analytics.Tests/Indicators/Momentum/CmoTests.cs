using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Momentum;

public sealed class CmoTests() : IndicatorFacts("cmo(14)", "cmo.csv", "value")
{
    protected override string[] Others => ["cmo(1)", "cmo(5)"];

    internal override double[][] Naive(TestBars bars, double[] p)
    {
        int n = (int)p[0];
        double[] up = SumOf(Map(Change(bars.Close), d => Math.Max(d, 0)), n);
        double[] down = SumOf(Map(Change(bars.Close), d => Math.Max(-d, 0)), n);
        return [Map(up, down, (u, d) => u + d == 0 ? 0 : 100 * (u - d) / (u + d))];
    }
}
