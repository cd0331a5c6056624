using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Momentum;

public sealed class TrixTests() : IndicatorFacts("trix(15)", "trix.csv", "value")
{
    protected override string[] Others => ["trix(1)", "trix(4)"];

    internal override double[][] Naive(TestBars bars, double[] p)
    {
        int n = (int)p[0];
        double[] third = Ema(Ema(Ema(bars.Close, n), n), n);
        return [Map(third, Before(third, 1), (x, old) => 100 * ((x / old) - 1))];
    }
}
