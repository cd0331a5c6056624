using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Averages;

public sealed class KamaTests() : IndicatorFacts("kama(10,2,30)", "kama.csv", "value", "er")
{
    protected override string[] Others => ["kama(3,2,9)"];

    internal override double[][] Naive(TestBars bars, double[] p)
    {
        int n = (int)p[0];
        double[] path = SumOf(Map(Change(bars.Close), Math.Abs), n);
        double[] old = Before(bars.Close, n);
        double[] ratio = Map(bars.Length, i => path[i] == 0 ? 1 : Math.Min(1, Math.Abs(bars.Close[i] - old[i]) / path[i]));
        double k = bars.Close[n - 1];
        double[] value = Map(bars.Length, i =>
        {
            if (i < n) return i == n - 1 ? k : double.NaN;
            double speed = Math.Pow((ratio[i] * ((2 / (p[1] + 1)) - (2 / (p[2] + 1)))) + (2 / (p[2] + 1)), 2);
            return k += speed * (bars.Close[i] - k);
        });
        return [value, ratio];
    }
}
