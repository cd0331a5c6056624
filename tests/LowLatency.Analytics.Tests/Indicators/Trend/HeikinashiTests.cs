using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Trend;

public sealed class HeikinashiTests() : IndicatorFacts("heikinashi", "heikinashi.csv", "open", "high", "low", "close")
{
    internal override double[][] Naive(TestBars bars, double[] p)
    {
        double[] close = Map(bars.Length, i => (bars.Open[i] + bars.High[i] + bars.Low[i] + bars.Close[i]) / 4);
        double[] open = new double[bars.Length];
        for (int i = 0; i < bars.Length; i++) open[i] = i == 0 ? (bars.Open[0] + bars.Close[0]) / 2 : (open[i - 1] + close[i - 1]) / 2;
        return [open, Map(bars.Length, i => new[] { bars.High[i], open[i], close[i] }.Max()), Map(bars.Length, i => new[] { bars.Low[i], open[i], close[i] }.Min()), close];
    }
}
