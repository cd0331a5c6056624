using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Momentum;

public sealed class TsiTests() : IndicatorFacts("tsi(25,13,7)", "tsi.csv", "value", "signal")
{
    protected override string[] Others => ["tsi(8,5,3)"];

    internal override double[][] Naive(TestBars bars, double[] p)
    {
        double[] net = Ema(Ema(Change(bars.Close), (int)p[0]), (int)p[1]);
        double[] path = Ema(Ema(Map(Change(bars.Close), Math.Abs), (int)p[0]), (int)p[1]);
        double[] value = Map(net, path, (a, b) => 100 * a / b);
        return [value, Ema(value, (int)p[2])];
    }
}
