using FsCheck;
using FsCheck.Fluent;
using LowLatency.Analytics.Indicators;
using LowLatency.Market.Records;

namespace LowLatency.Analytics.Tests.Indicators;

/// <summary>What holds of every indicator of the registry, whatever it computes.</summary>
public sealed class IndicatorLawTests
{
    private const int Lanes = 5;

    public static TheoryData<string> Names => [.. IndicatorRegistry.Definitions.Select(d => d.Example), .. IndicatorRegistry.Definitions.SelectMany(d => d.OtherConventions), .. Chains];

    private static string[] Chains => ["ema(20,rsi(14))", "sma(3,macd(5,8,3).hist)", "zlma(20,volume)", "rsi(14,hlc3)", "wma(4,ema(3,adx(5).plus_di))", "bbands(5,2,high)"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_Give_The_Same_Bits_Streaming_Over_Lanes_As_In_Batch(string name)
    {
        Indicator indicator = IndicatorRegistry.Create(name);
        indicator.EnsureLanes(2);
        indicator.EnsureLanes(Lanes);
        int outputs = indicator.Spec.Outputs.Count;
        TestBars[] series = [.. Enumerable.Range(0, Lanes).Select(lane => TestBars.Random(600, lane + 10))];
        double[][] streamed = [.. series.Select(s => new double[s.Length * outputs])];
        var random = new System.Random(4);
        int[] done = new int[Lanes];
        while (done.Sum() < Lanes * 600)
        {
            var lanes = new List<int>();
            var places = new List<int>();
            for (int i = random.Next(1, 40); i > 0; i--)
            {
                int lane = random.Next(Lanes);
                if (done[lane] == 600) continue;
                lanes.Add(lane);
                places.Add(done[lane]++);
            }

            BarRecord[] bars = [.. lanes.Select((lane, i) => RecordOf(series[lane], places[i]))];
            double[] values = new double[bars.Length * outputs];
            indicator.Update(bars, lanes.ToArray(), values);
            for (int i = 0; i < bars.Length; i++)
            {
                for (int o = 0; o < outputs; o++) streamed[lanes[i]][(o * 600) + places[i]] = values[(i * outputs) + o];
            }
        }

        for (int lane = 0; lane < Lanes; lane++)
        {
            double[] batch = new double[600 * outputs];
            indicator.Compute(series[lane].Series, batch);
            AssertSameBits(batch, streamed[lane]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_Give_The_Same_Bits_In_Chunks_As_In_One(string name) =>
        Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt>(), chunk =>
        {
            Indicator indicator = IndicatorRegistry.Create(name);
            indicator.EnsureLanes(1);
            int outputs = indicator.Spec.Outputs.Count;
            TestBars bars = TestBars.Random(300, chunk.Get);
            double[] whole = new double[300 * outputs];
            indicator.Compute(bars.Series, whole);
            for (int start = 0; start < 300; start += chunk.Get)
            {
                int count = Math.Min(chunk.Get, 300 - start);
                double[] part = new double[count * outputs];
                indicator.Update(0, bars.Part(start, count), part);
                for (int o = 0; o < outputs; o++) AssertSameBits(whole.AsSpan((o * 300) + start, count), part.AsSpan(o * count, count));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    // The batch forms work in vectors, blocks and pieces: lengths around all of their ends, and room for fewer columns than there are outputs.
    [Theory]
    [InlineData("sma(20)")]
    [InlineData("sma(8)")]
    [InlineData("sma(9)")]
    [InlineData("sma(1)")]
    [InlineData("ema(20)")]
    [InlineData("smma(3)")]
    [InlineData("rsi(14)")]
    [InlineData("macd(12,26,9)")]
    [InlineData("macd(5,3,1)")]
    [InlineData("bbands(20,2)")]
    [InlineData("bbands(2,1.5)")]
    [InlineData("bbands(33,3)")]
    [InlineData("atr(14)")]
    [InlineData("atr(1)")]
    [InlineData("stoch(14,3,3)")]
    [InlineData("stoch(1,1,1)")]
    [InlineData("stoch(37,12,9)")]
    [InlineData("stoch(300,3,3)")]
    [InlineData("adx(14)")]
    [InlineData("adx(1)")]
    public void Should_Give_The_Same_Bits_By_Vectors_As_Bar_By_Bar(string name)
    {
        Indicator indicator = IndicatorRegistry.Create(name);
        int outputs = indicator.Spec.Outputs.Count;
        indicator.EnsureLanes(70);
        int[] lengths = [.. Enumerable.Range(1, 60), 511, 525, 526, 527, 539, 540, 541, 1040, 2500];
        for (int lane = 0; lane < lengths.Length; lane++)
        {
            int length = lengths[lane];
            TestBars bars = TestBars.Random(length, lane);
            double[] streamed = new double[length * outputs];
            indicator.Update(lane, bars.Series, streamed);
            for (int columns = 1; columns <= outputs; columns++)
            {
                double[] batch = new double[length * columns];
                indicator.Compute(bars.Series, batch);
                AssertSameBits(streamed.AsSpan(0, batch.Length), batch);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_Begin_When_It_Says(string name)
    {
        Indicator indicator = IndicatorRegistry.Create(name);
        // A walk that never stands still: nothing is 0/0.
        TestBars bars = Walk(600, 1);
        double[][] values = IndicatorFacts.Compute(indicator, bars);
        for (int o = 0; o < values.Length; o++)
        {
            Assert.Equal(indicator.WarmUpOf(o) - 1, values[o].TakeWhile(double.IsNaN).Count());
            Assert.DoesNotContain(values[o].Skip(indicator.WarmUpOf(o) - 1), double.IsNaN);
        }

        Assert.Equal(indicator.WarmUp, Enumerable.Range(0, values.Length).Min(indicator.WarmUpOf));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_Leave_Out_Bars_That_Are_Not_Finite(string name)
    {
        Indicator indicator = IndicatorRegistry.Create(name);
        TestBars bars = TestBars.Random(400, 5);
        var torn = new TestBars(500);
        double[] wrong = [double.NaN, double.PositiveInfinity, double.NegativeInfinity];
        for (int i = 0, from = 0; i < 500; i++)
        {
            double bad = wrong[i % 3];
            if (i % 5 == 2) torn.Set(i, bad, bad, bad, bad, bad, bars.StartNs[Math.Min(from, 399)]);
            else torn.Set(i, bars.Open[from], bars.High[from], bars.Low[from], bars.Close[from], bars.Volume[from], bars.StartNs[from++]);
        }

        double[][] expected = IndicatorFacts.Compute(indicator, bars);
        double[][] actual = IndicatorFacts.Compute(indicator, torn);
        for (int o = 0; o < expected.Length; o++)
        {
            Assert.All(actual[o].Where((_, i) => i % 5 == 2), v => Assert.True(double.IsNaN(v)));
            AssertSameBits(expected[o], [.. actual[o].Where((_, i) => i % 5 != 2)]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_Survive_Any_Numbers(string name) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new System.Random(seed);
            var bars = new TestBars(200);
            for (int i = 0; i < 200; i++)
            {
                double price = Math.Pow(10, (random.NextDouble() * 600) - 300);
                bars.Set(i, price, price * 1.1, price * 0.9, price, Math.Pow(10, (random.NextDouble() * 600) - 300), i * 60_000_000_000L);
            }

            Indicator indicator = IndicatorRegistry.Create(name);
            double[] first = new double[200 * indicator.Spec.Outputs.Count];
            double[] again = new double[first.Length];
            indicator.Compute(bars.Series, first);
            indicator.Compute(bars.Series, again);
            AssertSameBits(first, again);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    // What remembers a window only is as good as new when monstrous values have left it.
    [Theory]
    [InlineData("sma(20)")]
    [InlineData("wma(20)")]
    [InlineData("hma(20)")]
    [InlineData("stddev(20)")]
    [InlineData("bbands(20,2)")]
    [InlineData("linreg(14)")]
    [InlineData("cci(20)")]
    [InlineData("stoch(14,3,3)")]
    [InlineData("willr(14)")]
    [InlineData("donchian(20)")]
    [InlineData("aroon(25)")]
    [InlineData("cmo(14)")]
    [InlineData("mfi(14)")]
    [InlineData("cmf(20)")]
    [InlineData("vwma(20)")]
    [InlineData("chop(14)")]
    [InlineData("ultosc(7,14,28)")]
    [InlineData("ichimoku(9,26,52)")]
    [InlineData("mom(10)")]
    public void Should_Forget_What_Has_Left_Its_Window(string name)
    {
        TestBars bars = Walk(400, 2);
        TestBars clean = Walk(400, 2);
        for (int i = 20; i < 120; i++)
        {
            double price = i % 3 == 0 ? 1e300 : i % 3 == 1 ? 1e-300 : 1e160;
            bars.Set(i, price, price * 1.5, price / 2, price, price, bars.StartNs[i]);
        }

        double[][] expected = IndicatorFacts.Compute(IndicatorRegistry.Create(name), clean);
        double[][] actual = IndicatorFacts.Compute(IndicatorRegistry.Create(name), bars);
        for (int o = 0; o < expected.Length; o++) IndicatorFacts.AssertClose(name, expected[o][220..], actual[o][220..]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_Not_Allocate_An_Update(string name)
    {
        Indicator indicator = IndicatorRegistry.Create(name);
        indicator.EnsureLanes(1);
        TestBars bars = TestBars.Random(200, 8);
        BarRecord[] records = [.. Enumerable.Range(0, 200).Select(i => RecordOf(bars, i))];
        int[] lanes = new int[200];
        double[] values = new double[200 * indicator.Spec.Outputs.Count];
        indicator.Update(records, lanes, values);
        Assert.Equal(0, Allocations.Least(() => indicator.Update(records, lanes, values)));
    }

    [Fact]
    public void Should_Compute_The_First_Outputs_When_There_Is_Room_For_No_More()
    {
        TestBars bars = Walk(100, 3);
        Indicator indicator = IndicatorRegistry.Create("bbands(20,2)");
        double[] three = new double[300];
        indicator.Compute(bars.Series, three);
        Assert.Equal(IndicatorFacts.Compute(indicator, bars).Take(3).SelectMany(v => v), three);
    }

    [Fact]
    public void Should_Refuse_Columns_That_Do_Not_Fit()
    {
        Indicator atr = IndicatorRegistry.Create("atr(14)");
        ArgumentException missing = Assert.Throws<ArgumentException>(() => atr.Compute(new BarSeries { Close = new double[5] }, new double[5]));
        Assert.Contains("The column High has 0 values and Close 5", missing.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => IndicatorRegistry.Create("sma(3)").Compute(new double[5], new double[4]));
        InvalidOperationException bars = Assert.Throws<InvalidOperationException>(() => atr.Compute(new double[5], new double[5]));
        Assert.Contains("reads High, Low, Close of a bar", bars.Message, StringComparison.Ordinal);
    }

    private static TestBars Walk(int length, int seed)
    {
        var random = new System.Random(seed);
        var bars = new TestBars(length);
        double price = 100;
        for (int i = 0; i < length; i++)
        {
            double open = price;
            price += random.NextDouble() - 0.5;
            bars.Set(i, open, Math.Max(open, price) + random.NextDouble(), Math.Min(open, price) - random.NextDouble(), price, 1 + random.NextDouble(), i * 60_000_000_000L);
        }

        return bars;
    }

    private static BarRecord RecordOf(TestBars bars, int i) => new()
    {
        StartNs = bars.StartNs[i],
        Open = bars.Open[i],
        High = bars.High[i],
        Low = bars.Low[i],
        Close = bars.Close[i],
        Volume = bars.Volume[i],
    };

    private static void AssertSameBits(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            bool isSame = double.IsNaN(expected[i]) ? double.IsNaN(actual[i]) : BitConverter.DoubleToInt64Bits(expected[i]) == BitConverter.DoubleToInt64Bits(actual[i]);
            Assert.True(isSame, $"value {i} is {actual[i]:R}, not {expected[i]:R}");
        }
    }
}
