using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Momentum;

public sealed class AroonTests() : IndicatorFacts("aroon(25)", "aroon.csv", "up", "down", "osc")
{
    protected override string[] Others => ["aroon(1)", "aroon(6)"];

    internal override double[][] Naive(TestBars bars, double[] p)
    {
        int n = (int)p[0];
        double[] up = Window(bars.High, n + 1, w => 100.0 * Array.LastIndexOf(w, w.Max()) / n);
        double[] down = Window(bars.Low, n + 1, w => 100.0 * Array.LastIndexOf(w, w.Min()) / n);
        return [up, down, Map(up, down, (u, d) => u - d)];
    }
}
