using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Trend;

public sealed class SupertrendTests() : IndicatorFacts("supertrend(10,3)", "supertrend.csv", "value", "trend")
{
    protected override string[] Others => ["supertrend(3,1.5)"];

    internal override double[][] Naive(TestBars bars, double[] p)
    {
        int n = (int)p[0];
        double[] range = Wilder(TrueRange(bars), n);
        double[] value = Map(bars.Length, _ => double.NaN);
        double[] trend = Map(bars.Length, _ => double.NaN);
        double upper = double.NaN;
        double lower = double.NaN;
        bool isUp = bars.Close[n] >= (bars.High[n] + bars.Low[n]) / 2;
        for (int i = n; i < bars.Length; i++)
        {
            double middle = (bars.High[i] + bars.Low[i]) / 2;
            upper = bars.Close[i - 1] <= upper ? Math.Min(upper, middle + (p[1] * range[i])) : middle + (p[1] * range[i]);
            lower = bars.Close[i - 1] >= lower ? Math.Max(lower, middle - (p[1] * range[i])) : middle - (p[1] * range[i]);
            isUp = isUp ? bars.Close[i] > lower : bars.Close[i] > upper;
            value[i] = isUp ? lower : upper;
            trend[i] = isUp ? 1 : -1;
        }

        return [value, trend];
    }
}
