using System.Globalization;
using LowLatency.Analytics.Indicators;

namespace LowLatency.Analytics.Tests.Indicators;

/// <summary>What holds of every indicator's numbers: they equal those of a naive twin written from the definition, and the reference data.</summary>
/// <param name="name">The indicator with the parameters of the reference data.</param>
/// <param name="file">The file of the reference data.</param>
/// <param name="columns">The file's column of each output.</param>
public abstract class IndicatorFacts(string name, string file, params string[] columns)
{
    private const double Tolerance = 1e-9;

    protected string Name => name;

    [Fact]
    public void Should_Equal_The_Golden_Values()
    {
        string? golden = SharedFolder.Find("golden");
        Assert.SkipWhen(golden is null, "shared/golden is not beside the repository");
        TestBars bars = TestBars.ReadGolden(Path.Combine(golden!, "ohlcv.csv"));
        double[][] actual = Compute(IndicatorRegistry.Create(name), bars);
        for (int o = 0; o < columns.Length; o++) AssertClose($"{name}.{columns[o]}", Shift(ReadColumn(Path.Combine(golden!, file), columns[o]), columns[o]), actual[o]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Should_Equal_Its_Naive_Twin(int seed)
    {
        TestBars bars = TestBars.Random(700, seed);
        AssertTwin(name, bars, Naive(bars, [.. Parameters(name)]));
        foreach (string other in Others) AssertTwin(other, bars, Naive(bars, [.. Parameters(other)]));
    }

    /// <summary>The same indicator with other parameters.</summary>
    protected virtual string[] Others => [];

    internal abstract double[][] Naive(TestBars bars, double[] p);

    /// <summary>Where the reference puts a value on another bar than a stream can.</summary>
    protected virtual double[] Shift(double[] golden, string column) => golden;

    internal static double[][] Compute(Indicator indicator, TestBars bars)
    {
        int outputs = indicator.Spec.Outputs.Count;
        double[] values = new double[outputs * bars.Length];
        indicator.Compute(bars.Series, values);
        return [.. Enumerable.Range(0, outputs).Select(o => values.AsSpan(o * bars.Length, bars.Length).ToArray())];
    }

    internal static void AssertClose(string what, double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double distance = Math.Abs(expected[i] - actual[i]);
            bool isClose = double.IsNaN(expected[i]) ? double.IsNaN(actual[i]) : distance <= Tolerance * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(isClose, $"{what} of bar {i} is {actual[i]:R}, not {expected[i]:R}");
        }
    }

    private static void AssertTwin(string text, TestBars bars, double[][] expected)
    {
        double[][] actual = Compute(IndicatorRegistry.Create(text), bars);
        Assert.Equal(expected.Length, actual.Length);
        for (int o = 0; o < expected.Length; o++) AssertClose($"{text} output {o}", expected[o], actual[o]);
    }

    private static IEnumerable<double> Parameters(string text)
    {
        int open = text.IndexOf('(', StringComparison.Ordinal);
        return open < 0 ? [] : text[(open + 1)..^1].Split(',').Select(t => double.Parse(t, CultureInfo.InvariantCulture));
    }

    internal static double[] ReadColumn(string path, string column)
    {
        string[] lines = File.ReadAllLines(path);
        int at = Array.IndexOf(lines[0].Split(','), column);
        Assert.True(at >= 0, $"{path} has no column {column}");
        return [.. lines.Skip(1).Select(l => l.Split(',')[at]).Select(t => t.Length == 0 ? double.NaN : double.Parse(t, CultureInfo.InvariantCulture))];
    }
}
