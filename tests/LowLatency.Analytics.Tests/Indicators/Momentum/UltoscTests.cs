using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Momentum;

public sealed class UltoscTests() : IndicatorFacts("ultosc(7,14,28)", "ultosc.csv", "value")
{
    protected override string[] Others => ["ultosc(2,3,5)"];

    internal override double[][] Naive(TestBars bars, double[] p)
    {
        double[] last = Before(bars.Close, 1);
        double[] pressure = Map(bars.Length, i => bars.Close[i] - Math.Min(bars.Low[i], last[i]));
        double[] range = Map(bars.Length, i => Math.Max(bars.High[i], last[i]) - Math.Min(bars.Low[i], last[i]));
        double[][] parts = [.. p.Select(m => Map(SumOf(pressure, (int)m), SumOf(range, (int)m), (a, b) => a / b))];
        return [Map(bars.Length, i => 100 * ((4 * parts[0][i]) + (2 * parts[1][i]) + parts[2][i]) / 7)];
    }
}
