using FsCheck;
using FsCheck.Fluent;
using LowLatency.Analytics.Bars;
using LowLatency.Analytics.Indicators;
using LowLatency.Core.Agents;
using LowLatency.Engine.Settings;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Engine.Tests.Pipeline;

/// <summary>What holds of the whole line, whatever the stream: its output depends on the input alone, and indicators are those of the batch form.</summary>
public class StreamLawTests
{
    private static readonly string[] Indicators = [.. IndicatorRegistry.Definitions.SelectMany(d => d.OtherConventions.Prepend(d.Example)), "ema(3,rsi(2))", "sma(2,volume)", "vwap(1)", "hurst(16)", "ichimoku(2,3,4)"];

    private static Arbitrary<int> Seeds => Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Fact]
    public void Should_Publish_The_Same_Bytes_In_Any_Chunks() =>
        Prop.ForAll(Seeds, seed =>
        {
            var random = new System.Random(seed);
            TickRecord[] script = AdversarialScript.Make(seed, 500);
            byte[] whole = OneThread.Publish(Settings(seed, batch: 512), script, chunk: 512);
            byte[] chunked = OneThread.Publish(Settings(seed, batch: random.Next(1, 64)), script, chunk: random.Next(1, 64));
            AssertSame(whole, chunked, "in chunks");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public void Should_Publish_The_Same_Bytes_On_One_Thread_And_On_Two() =>
        Prop.ForAll(Seeds, seed =>
        {
            var random = new System.Random(seed);
            TickRecord[] script = AdversarialScript.Make(seed, 500);
            byte[] one = OneThread.Publish(Settings(seed, batch: 64), script, chunk: 64);
            LowLatencySettings settings = Settings(seed, batch: random.Next(1, 64));
            settings.Engine.InputSlots = 64;
            settings.Engine.OutputBytes = 1 << 20;
            settings.Engine.Idle = settings.Engine.FeedIdle = random.Next(2) == 0 ? IdleStrategyKind.Yielding : IdleStrategyKind.BackOff;
            (byte[] two, _) = Task.Run(() => EngineRun.PublishAsync(settings, script, random.Next(1, 64))).GetAwaiter().GetResult();
            AssertSame(one, two, "on two threads");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public void Should_Publish_The_Indicators_That_The_Batch_Form_Gives_For_The_Bars_As_First_Closed()
    {
        int values = 0;
        Prop.ForAll(Seeds, seed =>
        {
            LowLatencySettings settings = Settings(seed, batch: 64);
            byte[] published = OneThread.Publish(settings, AdversarialScript.Make(seed, 1500), chunk: 64);
            ILookup<(uint, ushort), BarRecord> bars = PublishedRecords.Bars(published).Where(b => b.State == BarState.Closed).ToLookup(b => (b.Header.Instrument, b.Spec));
            ILookup<(uint, ushort, ushort), IndicatorRecord> said = PublishedRecords.Indicators(published).ToLookup(i => (i.Header.Instrument, i.Spec, i.Indicator));
            IReadOnlyList<Indicator> indicators = settings.MakeIndicators();
            foreach (IGrouping<(uint Instrument, ushort Spec), BarRecord> lane in bars)
            {
                for (int i = 0; i < indicators.Count; i++) values += Compare(indicators[i], [.. lane], [.. said[(lane.Key.Instrument, lane.Key.Spec, (ushort)i)]]);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10));
        Assert.True(values > 100_000, $"{values}");
    }

    // To the bit; bars on which nothing is defined are not said.
    private static int Compare(Indicator indicator, BarRecord[] bars, IndicatorRecord[] said)
    {
        int outputs = indicator.Spec.Outputs.Count;
        double[] expected = new double[outputs * bars.Length];
        indicator.Compute(
            new BarSeries
            {
                Open = bars.Select(b => b.Open).ToArray(),
                High = bars.Select(b => b.High).ToArray(),
                Low = bars.Select(b => b.Low).ToArray(),
                Close = bars.Select(b => b.Close).ToArray(),
                Volume = bars.Select(b => b.Volume).ToArray(),
                StartNs = bars.Select(b => b.StartNs).ToArray(),
            },
            expected);
        int next = 0;
        for (int bar = 0; bar < bars.Length; bar++)
        {
            double[] row = [.. Enumerable.Range(0, outputs).Select(o => expected[(o * bars.Length) + bar])];
            if (Array.TrueForAll(row, double.IsNaN)) continue;
            Assert.True(next < said.Length && said[next].StartNs == bars[bar].StartNs, $"{indicator.Spec.Name} of bar {bar} is missing");
            for (int o = 0; o < outputs; o++)
                Assert.True(row[o].Equals(said[next].Values[o]), $"{indicator.Spec.Name} output {o} of bar {bar} is {said[next].Values[o]:R}, by the batch form {row[o]:R}");
            next++;
        }

        Assert.Equal(next, said.Length);
        return next;
    }

    private static LowLatencySettings Settings(int seed, int batch)
    {
        LowLatencySettings settings = EngineRun.Settings("1s", "5s", "1m", "1h");
        settings.Engine.Batch = batch;
        settings.Indicators = Indicators;
        settings.Intensity.PublishEveryTrades = 1;
        settings.Bars.GraceNs = (seed % 3) * 700_000_000L;
        settings.Bars.Fill = seed % 2 == 0 ? BarFill.None : BarFill.Previous;
        settings.Bars.FillMost = 20;
        (settings.Bars.Tick, settings.Bars.Volume, settings.Bars.Dollar, settings.Bars.PriceRange, settings.Bars.Renko) = (3, 10, 500, 0.05, 5);
        (settings.Bars.ImbalanceTrades, settings.Bars.ImbalanceSpan) = (5, 20);
        settings.Normalization.DedupeIds = 64;
        return settings;
    }

    private static void AssertSame(byte[] expected, byte[] actual, string how) =>
        Assert.True(expected.AsSpan().SequenceEqual(actual), $"{how}: the first difference is at {expected.AsSpan().CommonPrefixLength(actual)} of {expected.Length} and {actual.Length}.");
}
