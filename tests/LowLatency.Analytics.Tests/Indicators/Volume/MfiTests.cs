using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Volume;

public sealed class MfiTests() : IndicatorFacts("mfi(14)", "mfi.csv", "value")
{
    protected override string[] Others => ["mfi(1)", "mfi(4)"];

    internal override double[][] Naive(TestBars bars, double[] p)
    {
        int n = (int)p[0];
        double[] change = Change(bars.Typical);
        double[] flow = Map(bars.Typical, bars.Volume, (t, v) => t * v);
        double[] up = SumOf(Map(change, flow, (d, f) => double.IsNaN(d) ? d : d > 0 ? f : 0), n);
        double[] down = SumOf(Map(change, flow, (d, f) => double.IsNaN(d) ? d : d < 0 ? f : 0), n);
        return [Map(up, down, (a, b) => 100 * a / (a + b))];
    }
}
