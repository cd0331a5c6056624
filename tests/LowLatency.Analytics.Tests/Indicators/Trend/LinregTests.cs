using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Trend;

public sealed class LinregTests() : IndicatorFacts("linreg(14)", "linregslope.csv", "value", "intercept", "endpoint", "r2")
{
    protected override string[] Others => ["linreg(2)", "linreg(5)"];

    internal override double[][] Naive(TestBars bars, double[] p)
    {
        int n = (int)p[0];
        double Fit(double[] w, int what)
        {
            double meanX = (n - 1) / 2.0;
            double mean = w.Average();
            double spread = Enumerable.Range(0, n).Sum(i => (i - meanX) * (i - meanX));
            double moment = w.Select((v, i) => (i - meanX) * (v - mean)).Sum();
            double variation = w.Sum(v => (v - mean) * (v - mean));
            double slope = moment / spread;
            bool isFlat = w.Distinct().Count() == 1;
            return what switch { 0 => slope, 1 => mean - (slope * meanX), 2 => mean + (slope * meanX), _ => isFlat ? double.NaN : moment * moment / (spread * variation) };
        }

        return [.. Enumerable.Range(0, 4).Select(what => Window(bars.Close, n, w => Fit(w, what)))];
    }
}
