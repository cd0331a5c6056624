using System.Globalization;
using LowLatency.Analytics.Indicators;

namespace LowLatency.Analytics.Tests.Indicators;

/// <summary>The repository's own golden values: made from the definitions by a program of another language, in decimals.</summary>
public sealed class OwnGoldenTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Golden");

    private static readonly Dictionary<string, double[]> Columns = Read("indicators.csv");

    public static TheoryData<string> Names => [.. Columns.Keys.Select(NameOf).Distinct()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_Equal_The_Golden_Values_In_Batch_And_Bar_By_Bar(string name)
    {
        TestBars bars = ReadBars();
        Indicator indicator = IndicatorRegistry.Create(name);
        Assert.Equal(name, indicator.Spec.Name);
        double[][] batch = IndicatorFacts.Compute(indicator, bars);
        double[] streamed = new double[batch.Length * bars.Length];
        indicator.EnsureLanes(1);
        indicator.Update(0, bars.Series, streamed);
        Assert.Equal(Columns.Keys.Where(k => NameOf(k) == name), indicator.Spec.Outputs.Select(o => $"{name} {o}"));
        for (int o = 0; o < batch.Length; o++)
        {
            double[] expected = Columns[$"{name} {indicator.Spec.Outputs[o]}"];
            IndicatorFacts.AssertClose($"{name} {indicator.Spec.Outputs[o]}", expected, batch[o]);
            IndicatorFacts.AssertClose($"{name} {indicator.Spec.Outputs[o]}, bar by bar", expected, streamed.AsSpan(o * bars.Length, bars.Length).ToArray());
            Assert.Contains(expected, v => !double.IsNaN(v));
        }
    }

    [Fact]
    public void Should_Hold_Every_Indicator_And_Every_Convention()
    {
        IEnumerable<string> all = IndicatorRegistry.Definitions.SelectMany(d => d.OtherConventions.Prepend(d.Example)).Select(name => name == "hurst(100)" ? "hurst(32)" : name);
        Assert.Empty(all.Except(Columns.Keys.Select(NameOf)));
    }

    private static string NameOf(string column) => column[..column.LastIndexOf(' ')];

    private static TestBars ReadBars()
    {
        Dictionary<string, double[]> columns = Read("bars.csv");
        var bars = new TestBars(columns["open"].Length);
        // Times are beyond what doubles hold.
        long[] starts = [.. File.ReadLines(Path.Combine(Folder, "bars.csv")).Skip(1).Select(l => long.Parse(l[..l.IndexOf(';', StringComparison.Ordinal)], CultureInfo.InvariantCulture))];
        for (int i = 0; i < bars.Length; i++) bars.Set(i, columns["open"][i], columns["high"][i], columns["low"][i], columns["close"][i], columns["volume"][i], starts[i]);
        return bars;
    }

    private static Dictionary<string, double[]> Read(string file)
    {
        string[][] rows = [.. File.ReadLines(Path.Combine(Folder, file)).Select(l => l.Split(';'))];
        return rows[0].Select((name, at) => (name, at)).ToDictionary(
            c => c.name, c => rows.Skip(1).Select(r => r[c.at].Length == 0 ? double.NaN : double.Parse(r[c.at], CultureInfo.InvariantCulture)).ToArray());
    }
}
