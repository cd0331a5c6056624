using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Volume;

public sealed class AdoscTests() : IndicatorFacts("adosc(3,10)", "adosc.csv", "value")
{
    protected override string[] Others => ["adosc(5,2)"];

    internal override double[][] Naive(TestBars bars, double[] p)
    {
        double[] line = Running(MoneyFlow(bars));
        double[] value = Map(Average(line, 1, 2 / (p[0] + 1)), Average(line, 1, 2 / (p[1] + 1)), (fast, slow) => fast - slow);
        int shown = (int)p.Max() - 1;
        return [Map(bars.Length, i => i < shown ? double.NaN : value[i])];
    }
}
