using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators.Trend;

public sealed class IchimokuTests() : IndicatorFacts("ichimoku(9,26,52)", "ichimoku.csv", "tenkan", "kijun", "span_a", "span_b", "chikou")
{
    protected override string[] Others => ["ichimoku(3,5,8)"];

    internal override double[][] Naive(TestBars bars, double[] p)
    {
        double[] Middle(double length) => Map(Highest(bars.High, (int)length), Lowest(bars.Low, (int)length), (h, l) => (h + l) / 2);
        double[] tenkan = Middle(p[0]);
        double[] kijun = Middle(p[1]);
        int moved = (int)p[1];
        return [tenkan, kijun, Before(Map(tenkan, kijun, (a, b) => (a + b) / 2), moved), Before(Middle(p[2]), moved), bars.Close];
    }

    // Chikou of a bar is the close 26 bars later; a stream gives it with that close.
    protected override double[] Shift(double[] golden, string column)
    {
        if (column != "chikou") return golden;
        TestBars bars = TestBars.ReadGolden(SharedFolder.Find("golden/ohlcv.csv")!);
        Assert.Equal(bars.Close[26..], golden[..^26]);
        return bars.Close;
    }
}
