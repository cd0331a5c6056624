using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Averages;

public sealed class TemaTests() : IndicatorFacts("tema(20)", "tema.csv", "value")
{
    protected override string[] Others => ["tema(1)", "tema(4)"];

    internal override double[][] Naive(TestBars bars, double[] p)
    {
        int n = (int)p[0];
        double[] first = Ema(bars.Close, n);
        double[] second = Ema(first, n);
        double[] third = Ema(second, n);
        return [Map(bars.Length, i => (3 * first[i]) - (3 * second[i]) + third[i])];
    }
}
