using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Averages;

public sealed class VwapTests() : IndicatorFacts("vwap(0)", "vwap.csv", "value")
{
    protected override string[] Others => ["vwap(1)"];

    internal override double[][] Naive(TestBars bars, double[] p)
    {
        long days = (long)p[0];
        return
        [
            Map(bars.Length, i =>
            {
                bool InSession(int j) => days == 0 || bars.StartNs[j] / (days * 86_400_000_000_000) == bars.StartNs[i] / (days * 86_400_000_000_000);
                int[] session = [.. Enumerable.Range(0, i + 1).Where(InSession)];
                return session.Sum(j => bars.Typical[j] * bars.Volume[j]) / session.Sum(j => bars.Volume[j]);
            }),
        ];
    }
}
