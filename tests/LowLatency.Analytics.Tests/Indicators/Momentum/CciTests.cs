using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Momentum;

public sealed class CciTests() : IndicatorFacts("cci(20)", "cci.csv", "value")
{
    protected override string[] Others => ["cci(3)", "cci(7)"];

    internal override double[][] Naive(TestBars bars, double[] p)
    {
        int n = (int)p[0];
        return
        [
            Window(bars.Typical, n, w =>
            {
                double mean = w.Average();
                return w.Distinct().Count() == 1 ? double.NaN : (w[^1] - mean) / (0.015 * w.Average(v => Math.Abs(v - mean)));
            }),
        ];
    }
}
