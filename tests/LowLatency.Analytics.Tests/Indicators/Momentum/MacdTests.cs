using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Momentum;

public sealed class MacdTests() : IndicatorFacts("macd(12,26,9)", "macd.csv", "macd", "signal", "hist")
{
    protected override string[] Others => ["macd(5,3,2)", "macd(1,2,1)"];

    internal override double[][] Naive(TestBars bars, double[] p)
    {
        double[] macd = Map(Ema(bars.Close, (int)p[0]), Ema(bars.Close, (int)p[1]), (fast, slow) => fast - slow);
        double[] signal = Ema(macd, (int)p[2]);
        return [macd, signal, Map(macd, signal, (m, s) => m - s)];
    }
}
