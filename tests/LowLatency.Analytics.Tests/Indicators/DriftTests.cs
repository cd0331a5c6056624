using LowLatency.Analytics.Indicators;
using LowLatency.Market.Records;

namespace LowLatency.Analytics.Tests.Indicators;

/// <summary>After very many updates an indicator is as good as at the beginning.</summary>
public sealed class DriftTests
{
    private const int Chunk = 10_000;

    [Theory]
    [InlineData("sma(20)", 30)]
    [InlineData("wma(20)", 30)]
    [InlineData("bbands(20,2)", 30)]
    [InlineData("cmf(20)", 30)]
    public void Should_Not_Drift(string name, int chunks) => AssertNoDrift(name, chunks);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("sma(20)")]
    [InlineData("wma(20)")]
    [InlineData("bbands(20,2)")]
    [InlineData("cmf(20)")]
    public void Should_Not_Drift_Over_A_Hundred_Million_Updates(string name) => AssertNoDrift(name, 10_000);

    // A total without end: the same bars again and again, each chunk adding what the second one added.
    [Theory]
    [Trait("Category", "Long")]
    [InlineData("obv")]
    [InlineData("adl")]
    public void Should_Not_Drift_When_It_Only_Adds(string name)
    {
        Indicator indicator = IndicatorRegistry.Create(name);
        indicator.EnsureLanes(1);
        var bars = new BarRecord[Chunk];
        // Volumes of tenths, which no double holds: added plainly, the rounding errors of a hundred million bars show.
        for (int i = 0; i < Chunk; i++)
        {
            bool up = i % 2 == 0;
            bars[i] = new BarRecord { High = 2, Low = 1, Close = up ? 2 : 1, Volume = 0.1 + (i / 2 % 7 * 0.3) };
        }

        int[] lanes = new int[Chunk];
        double[] values = new double[Chunk];
        indicator.Update(bars, lanes, values);
        double first = values[^1];
        indicator.Update(bars, lanes, values);
        double step = values[^1] - first;
        for (int chunk = 2; chunk < 10_000; chunk++) indicator.Update(bars, lanes, values);
        Assert.Equal(first + (9999 * step), values[^1], 1e-9);
    }

    private static void AssertNoDrift(string name, int chunks)
    {
        Indicator indicator = IndicatorRegistry.Create(name);
        indicator.EnsureLanes(1);
        int outputs = indicator.Spec.Outputs.Count;
        var random = new Random(9);
        var bars = new BarRecord[Chunk];
        for (int i = 0; i < Chunk; i++)
        {
            double price = random.Next(2) == 0 ? 1e9 * random.NextDouble() : random.NextDouble();
            bars[i] = new BarRecord { High = price * 1.1, Low = price * 0.9, Close = price * (0.9 + (0.2 * random.NextDouble())), Volume = random.NextDouble() * 1e6 };
        }

        int[] lanes = new int[Chunk];
        double[] values = new double[Chunk * outputs];
        for (int chunk = 0; chunk < chunks; chunk++) indicator.Update(bars, lanes, values);
        TestBars small = TestBars.Random(60, 4);
        BarRecord[] last = [.. Enumerable.Range(0, 60).Select(i => new BarRecord { High = small.High[i], Low = small.Low[i], Close = small.Close[i], Volume = small.Volume[i] })];
        indicator.Update(last, lanes.AsSpan(0, 60), values);
        double[][] fresh = IndicatorFacts.Compute(IndicatorRegistry.Create(name), small);
        for (int o = 0; o < outputs; o++) IndicatorFacts.AssertClose(name, fresh[o][30..], [.. Enumerable.Range(30, 30).Select(i => values[(i * outputs) + o])]);
    }
}
