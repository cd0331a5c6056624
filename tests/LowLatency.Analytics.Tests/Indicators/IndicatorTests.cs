using System.Globalization;
using LowLatency.Analytics.Indicators;
using LowLatency.Market.Records;

namespace LowLatency.Analytics.Tests.Indicators;

public sealed class IndicatorTests
{
    // Closes 1, 2, 4, 7, 11, 16 with the results worked out by hand from the definitions.
    [Theory]
    [InlineData("sma(3)", new[] { double.NaN, double.NaN, 7.0 / 3, 13.0 / 3, 22.0 / 3, 34.0 / 3 })]
    [InlineData("ema(3)", new[] { double.NaN, double.NaN, 7.0 / 3, 14.0 / 3, 47.0 / 6, 143.0 / 12 })]
    [InlineData("rsi(2)", new[] { double.NaN, double.NaN, 100.0, 100.0, 100.0, 100.0 })]
    [InlineData("sma(1)", new[] { 1.0, 2, 4, 7, 11, 16 })]
    [InlineData("ema(1)", new[] { 1.0, 2, 4, 7, 11, 16 })]
    public void Should_Follow_Its_Definition(string name, double[] expected) => AssertClose(expected, Compute(name, [1, 2, 4, 7, 11, 16]), 1e-15);

    // Changes +2, -1, +3, -2: G and L begin as the means over the first two changes, then move by a half of the difference.
    [Fact]
    public void Should_Average_Gains_And_Losses_As_Wilder_Does() =>
        AssertClose([double.NaN, double.NaN, 100 / 1.5, 100 * 2.0 / 2.25, 100 * 1.0 / 2.125], Compute("rsi(2)", [10, 12, 11, 14, 12]), 1e-14);

    [Fact]
    public void Should_Have_No_Rsi_While_Nothing_Has_Moved() => Assert.All(Compute("rsi(3)", [5, 5, 5, 5, 5, 5]), v => Assert.True(double.IsNaN(v)));

    [Theory]
    [InlineData("sma(20)")]
    [InlineData("ema(9)")]
    [InlineData("ema(21)")]
    [InlineData("rsi(14)")]
    public void Should_Give_The_Same_Bits_Streaming_Over_Many_Lanes_As_In_Batch(string name)
    {
        var random = new Random(3);
        const int Lanes = 24;
        Assert.True(IndicatorRegistry.TryCreate(name, out Indicator? indicator, out _));
        indicator!.EnsureLanes(8);
        indicator.EnsureLanes(Lanes);
        var series = new List<double>[Lanes];
        var streamed = new List<double>[Lanes];
        for (int i = 0; i < Lanes; i++) (series[i], streamed[i]) = ([], []);
        for (int round = 0; round < 200; round++)
        {
            int[] lanes = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.Next(Lanes))];
            BarRecord[] bars = [.. lanes.Select(_ => new BarRecord { Close = 100 + random.NextDouble() })];
            double[] values = new double[bars.Length];
            indicator.Update(bars, lanes, values);
            for (int i = 0; i < bars.Length; i++)
            {
                series[lanes[i]].Add(bars[i].Close);
                streamed[lanes[i]].Add(values[i]);
            }
        }

        for (int lane = 0; lane < Lanes; lane++)
        {
            double[] batch = Compute(name, [.. series[lane]]);
            Assert.Equal(batch.Select(BitConverter.DoubleToInt64Bits), streamed[lane].Select(BitConverter.DoubleToInt64Bits));
            Assert.Equal(indicator.WarmUp - 1, batch.TakeWhile(double.IsNaN).Count());
        }
    }

    [Fact]
    public void Should_Not_Drift()
    {
        // Three million updates through values of very different size, then a window of small ones: a plain running sum is off by 1e-4 here.
        var kernel = new SmaKernel(20);
        kernel.EnsureLanes(1);
        var random = new Random(9);
        for (int i = 0; i < 3_000_000; i++) kernel.Update(0, random.Next(2) == 0 ? 1e9 * random.NextDouble() : random.NextDouble());
        double value = 0;
        for (int i = 1; i <= 20; i++) value = kernel.Update(0, i / 1000.0);
        Assert.Equal(0.0105, value, 1e-12);
    }

    [Theory]
    [InlineData("sma.csv", "sma(20)")]
    [InlineData("ema.csv", "ema(20)")]
    [InlineData("rsi.csv", "rsi(14)")]
    public void Should_Equal_The_Golden_Values(string file, string name)
    {
        string? golden = SharedFolder.Find("golden");
        Assert.SkipWhen(golden is null, "shared/golden is not beside the repository");
        double[] closes = [.. Column(Path.Combine(golden!, "ohlcv.csv"), "close")];
        AssertClose(Column(Path.Combine(golden!, file), "value"), Compute(name, closes), 1e-9);
    }

    [Theory]
    [InlineData("rsi", "write name(parameters)")]
    [InlineData("rsi(0)", "from 2 to 10000, not '0'")]
    [InlineData("rsi(x)", "not 'x'")]
    [InlineData("rsi()", "takes 1 parameter(s), not 0")]
    [InlineData("rsi(1,2)", "takes 1 parameter(s), not 2")]
    [InlineData("rsii(14)", "did you mean rsi?")]
    [InlineData("(14)", "is not an indicator")]
    [InlineData("quack(14)", "known: ema, rsi, sma")]
    public void Should_Say_What_Is_Wrong_With_A_Name(string name, string part)
    {
        Assert.False(IndicatorRegistry.TryCreate(name, out _, out string? mistake));
        Assert.Contains(part, mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Name_Itself_Without_Spaces()
    {
        Assert.True(IndicatorRegistry.TryCreate(" sma ( 20 ) ", out Indicator? indicator, out _));
        Assert.Equal("sma(20)", indicator!.Spec.Name);
    }

    private static double[] Compute(string name, double[] series)
    {
        Assert.True(IndicatorRegistry.TryCreate(name, out Indicator? indicator, out string? mistake), mistake);
        double[] values = new double[series.Length];
        indicator!.Compute(series, values);
        return values;
    }

    private static IEnumerable<double> Column(string path, string name)
    {
        string[] lines = File.ReadAllLines(path);
        int column = Array.IndexOf(lines[0].Split(','), name);
        return lines.Skip(1).Select(l => l.Split(',')[column]).Select(t => t.Length == 0 ? double.NaN : double.Parse(t, CultureInfo.InvariantCulture));
    }

    private static void AssertClose(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance)
    {
        foreach ((double e, double a) in expected.Zip(actual, (e, a) => (e, a)))
        {
            Assert.Equal(double.IsNaN(e), double.IsNaN(a));
            if (!double.IsNaN(e)) Assert.InRange(a, e - (tolerance * Math.Max(1, Math.Abs(e))), e + (tolerance * Math.Max(1, Math.Abs(e))));
        }

        Assert.Equal(expected.Count(), actual.Count());
    }
}
