using LowLatency.Analytics.Indicators;
using static LowLatency.Analytics.Tests.Indicators.NaiveSeries;

namespace LowLatency.Analytics.Tests.Indicators;

/// <summary>The conventions of other libraries that an indicator can be told to follow: against the reference's columns, and against naive twins.</summary>
public sealed class ConventionTests
{
    private static readonly Dictionary<string, Func<TestBars, double[][]>> Twins = new(StringComparer.Ordinal)
    {
        ["adosc(3,10,seed=mean)"] = b => [Between(MoneyLine(b), x => Ema(x, 3), x => Ema(x, 10))],
        ["aroon(25,ties=oldest)"] = b =>
        {
            double[] up = Window(b.High, 26, w => 4.0 * Array.IndexOf(w, w.Max()));
            double[] down = Window(b.Low, 26, w => 4.0 * Array.IndexOf(w, w.Min()));
            return [up, down, Map(up, down, (u, d) => u - d)];
        },
        ["chop(14,extremes=true)"] = b =>
        {
            double[] sum = SumOf(TrueRange(b), 14);
            double[] high = Highest(Map(b.High, Before(b.Close, 1), (h, c) => double.IsNaN(c) ? c : Math.Max(h, c)), 14);
            double[] low = Lowest(Map(b.Low, Before(b.Close, 1), (l, c) => double.IsNaN(c) ? c : Math.Min(l, c)), 14);
            return [Map(b.Length, i => high[i] == low[i] ? double.NaN : 100 * Math.Log(sum[i] / (high[i] - low[i])) / Math.Log(14))];
        },
        ["cmo(14,average=wilder)"] = b =>
        {
            double[] up = Wilder(Map(Change(b.Close), x => Math.Max(x, 0)), 14);
            double[] down = Wilder(Map(Change(b.Close), x => Math.Max(-x, 0)), 14);
            return [Map(up, down, (u, d) => u + d == 0 ? 0 : 100 * (u - d) / (u + d))];
        },
        ["donchian(20,window=prior)"] = b =>
        {
            double[] high = Before(Highest(b.High, 20), 1);
            double[] low = Before(Lowest(b.Low, 20), 1);
            return [high, Map(high, low, (h, l) => (h + l) / 2), low];
        },
        ["ema(20,seed=first)"] = b => [First(b.Close, 20)],
        ["macd(12,26,9,seed=first)"] = b =>
        {
            double[] line = Between(b.Close, x => First(x, 12), x => First(x, 26));
            double[] signal = First(line, 9);
            return [line, signal, Map(line, signal, (l, s) => l - s)];
        },
        ["obv(start=volume)"] = b => [Running(Map(b.Length, i => b.Volume[i] * (i == 0 ? 1 : Math.Sign(b.Close[i] - b.Close[i - 1]))))],
        ["tsi(25,13,7,seed=first)"] = b =>
        {
            double[] net = First(First(Change(b.Close), 25), 13);
            double[] path = First(First(Map(Change(b.Close), Math.Abs), 25), 13);
            double[] value = Map(net, path, (x, y) => 100 * x / y);
            return [value, First(value, 7)];
        },
    };

    public static TheoryData<string> Names => [.. Twins.Keys];

    [Theory]
    [InlineData("adosc(3,10,seed=mean)", "adosc.csv", "value_sma")]
    [InlineData("aroon(25,ties=oldest)", "aroon.csv", "up_firsttie", "down_firsttie", "osc_firsttie")]
    [InlineData("chop(14,extremes=true)", "chop.csv", "value_true")]
    [InlineData("cmo(14,average=wilder)", "cmo.csv", "value_wilder")]
    [InlineData("donchian(20,window=prior)", "donchian.csv", "upper_prior", "middle_prior", "lower_prior")]
    [InlineData("ema(20,seed=first)", "ema.csv", "value_first")]
    [InlineData("macd(12,26,9,seed=first)", "macd.csv", "macd_first", "signal_first", "hist_first")]
    [InlineData("obv(start=volume)", "obv.csv", "value_vol0")]
    [InlineData("tsi(25,13,7,seed=first)", "tsi.csv", "value_first", "signal_first")]
    [InlineData("vwap(1)", "vwap.csv", "value_session")]
    public void Should_Equal_The_Golden_Values_Of_The_Convention(string name, string file, params string[] columns)
    {
        string? golden = SharedFolder.Find("golden");
        Assert.SkipWhen(golden is null, "shared/golden is not beside the repository");
        double[][] actual = IndicatorFacts.Compute(IndicatorRegistry.Create(name), TestBars.ReadGolden(Path.Combine(golden!, "ohlcv.csv")));
        Assert.Equal(columns.Length, actual.Length);
        for (int o = 0; o < columns.Length; o++) IndicatorFacts.AssertClose($"{name}.{columns[o]}", IndicatorFacts.ReadColumn(Path.Combine(golden!, file), columns[o]), actual[o]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_Equal_Its_Naive_Twin(string name)
    {
        for (int seed = 1; seed <= 3; seed++)
        {
            TestBars bars = TestBars.Random(700, seed);
            double[][] expected = Twins[name](bars);
            double[][] actual = IndicatorFacts.Compute(IndicatorRegistry.Create(name), bars);
            for (int o = 0; o < expected.Length; o++) IndicatorFacts.AssertClose($"{name} output {o}", expected[o], actual[o]);
        }
    }

    [Fact]
    public void Should_Have_A_Twin_For_Every_Convention() =>
        Assert.Equal(IndicatorRegistry.Definitions.SelectMany(d => d.OtherConventions).Order(StringComparer.Ordinal), Twins.Keys.Order(StringComparer.Ordinal));

    private static double[] First(double[] x, int n) => Average(x, 1, 2.0 / (n + 1));

    private static double[] Between(double[] x, Func<double[], double[]> one, Func<double[], double[]> other) => Map(one(x), other(x), (a, b) => a - b);

    private static double[] MoneyLine(TestBars bars) => Running(MoneyFlow(bars));
}
