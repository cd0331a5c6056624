using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Trend;

public sealed class AdxTests() : IndicatorFacts("adx(14)", "adx.csv", "adx", "plus_di", "minus_di", "dx")
{
    protected override string[] Others => ["adx(5)"];

    internal override double[][] Naive(TestBars bars, double[] p)
    {
        int n = (int)p[0];
        double[] up = Change(bars.High);
        double[] down = Map(Change(bars.Low), d => -d);
        double[] range = Wilder(TrueRange(bars), n);
        double[] plus = Wilder(Map(up, down, (u, d) => double.IsNaN(u) ? u : u > d && u > 0 ? u : 0), n);
        double[] minus = Wilder(Map(down, up, (d, u) => double.IsNaN(d) ? d : d > u && d > 0 ? d : 0), n);
        double[] plusIndex = Map(plus, range, (m, r) => 100 * m / r);
        double[] minusIndex = Map(minus, range, (m, r) => 100 * m / r);
        double[] dx = Map(plusIndex, minusIndex, (a, b) => 100 * Math.Abs(a - b) / (a + b));
        return [Wilder(dx, n), plusIndex, minusIndex, dx];
    }
}
