using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Trend;

public sealed class PsarTests() : IndicatorFacts("psar(0.02,0.2)", "psar.csv", "value", "trend")
{
    protected override string[] Others => ["psar(0.05,0.1)"];

    internal override double[][] Naive(TestBars bars, double[] p)
    {
        double[] value = Map(bars.Length, _ => double.NaN);
        double[] trend = Map(bars.Length, _ => double.NaN);
        double rise = bars.High[1] - bars.High[0];
        double fall = bars.Low[0] - bars.Low[1];
        bool isLong = !(fall > 0 && fall > rise);
        double sar = isLong ? bars.Low[0] : bars.High[0];
        double extreme = isLong ? bars.High[1] : bars.Low[1];
        double factor = Math.Min(p[0], p[1]);
        for (int i = 1; i < bars.Length; i++)
        {
            // The first bar has no bar before it that counts.
            int before = i == 1 ? 1 : i - 1;
            double highest = Math.Max(bars.High[before], bars.High[i]);
            double lowest = Math.Min(bars.Low[before], bars.Low[i]);
            bool turns = isLong ? bars.Low[i] <= sar : bars.High[i] >= sar;
            if (turns)
            {
                isLong = !isLong;
                sar = isLong ? Math.Min(extreme, lowest) : Math.Max(extreme, highest);
                value[i] = sar;
                factor = p[0];
                extreme = isLong ? bars.High[i] : bars.Low[i];
            }
            else
            {
                value[i] = sar;
                bool isNew = isLong ? bars.High[i] > extreme : bars.Low[i] < extreme;
                if (isNew) (extreme, factor) = (isLong ? bars.High[i] : bars.Low[i], Math.Min(p[1], factor + p[0]));
            }

            trend[i] = isLong ? 1 : -1;
            sar += factor * (extreme - sar);
            sar = isLong ? Math.Min(sar, lowest) : Math.Max(sar, highest);
        }

        return [value, trend];
    }
}
