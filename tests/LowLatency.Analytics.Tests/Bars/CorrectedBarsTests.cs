using FsCheck;
using FsCheck.Fluent;
using LowLatency.Analytics.Bars;
using LowLatency.Analytics.Batches;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;
using static LowLatency.Analytics.Tests.Ticks;

namespace LowLatency.Analytics.Tests.Bars;

public sealed class CorrectedBarsTests
{
    private static readonly BarSpec[] Specs =
        [.. new[] { "1s", "10s", "1m", "1h", "1d" }.Select(t => BarSpec.TryParse(t, out BarSpec? spec) ? spec! : throw new ArgumentException(t))];

    [Fact]
    public void Should_Equal_Bars_Rebuilt_From_The_Surviving_Trades_Whatever_The_Stream_And_The_Batches() =>
        Prop.ForAll<Guid>(drawn => Check(drawn.GetHashCode(), graceNs: 0, revisable: 8, correctable: 4096, fill: false)).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void Should_Equal_Them_When_Few_Trades_Are_Kept_And_Bars_Wait_In_Their_Grace() =>
        Prop.ForAll<Guid>(drawn => Check(drawn.GetHashCode(), graceNs: 7 * Second, revisable: 3, correctable: 16, fill: false)).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Theory]
    [InlineData(64)]
    public void Should_Equal_Them_When_An_Open_Bar_Vanishes_Before_One_That_Waits(int seed) => Check(seed, graceNs: 7 * Second, revisable: 3, correctable: 16, fill: false);

    [Fact]
    public void Should_Equal_Them_With_Flat_Bars() =>
        Prop.ForAll<Guid>(drawn => Check(drawn.GetHashCode(), graceNs: drawn.GetHashCode() % 2 == 0 ? 0 : 2 * Second, revisable: 8, correctable: 64, fill: true)).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Should_Empty_A_Closed_Bar_That_Loses_Its_Last_Trade_And_Forget_An_Open_One()
    {
        BarRecord[] bars = Build(
            new BarSettings { OpenEveryMs = 0 },
            [Trade(100 * Second, 10, 2, 0, 1), Trade(101 * Second, 11, 2, 0, 2), Cancel(1), Cancel(2), Clock(102 * Second), Clock(3600 * Second)]);
        BarRecord revised = bars.Single(b => b.State == BarState.Revised && b.Spec == 0);
        Assert.Equal((100 * Second, 1u, 0u, 0.0, RevisionReason.Cancel, 2L), (revised.StartNs, revised.Revision, revised.Count, revised.Volume, revised.Why, revised.Input));
        Assert.True(double.IsNaN(revised.Open) && double.IsNaN(revised.Close) && double.IsNaN(revised.Vwap));
        Assert.Equal(2, bars.Count(b => b.Spec == 0));
    }

    [Fact]
    public void Should_Keep_The_Place_And_Side_Of_A_Corrected_Trade()
    {
        TickRecord correction = Cancel(1);
        correction.Header.Type = RecordType.Correction;
        (correction.Trade.Price, correction.Trade.Size) = (20, 5);
        BarRecord[] bars = Build(new BarSettings { OpenEveryMs = 0 }, [Trade(100 * Second, 10, 2, 1, 1), Trade(100 * Second, 11, 2, -1, 2), correction, Clock(101 * Second)]);
        BarRecord bar = bars.First(b => b.Spec == 0);
        Assert.Equal((20, 20, 11, 11, 7, 5, 2u), (bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, bar.BuyVolume, bar.Count));
    }

    [Fact]
    public void Should_Leave_A_Gap_Open_That_Would_Take_Too_Many_Flat_Bars()
    {
        var builder = new TimeBarBuilder(new BarSettings { OpenEveryMs = 0, Fill = BarFill.Previous, FillMost = 100 }, Specs[..1]);
        var output = new EmittedList<BarRecord>(16);
        TickRecord[] ticks = [Trade(100 * Second, 10), Trade(9_000_000_000 * Second, 10), Trade(9_000_000_003 * Second, 11), Clock(9_000_000_010 * Second)];
        builder.Build(ticks, [0, 1, 2, 3], 0, output);
        Assert.Equal([100, 9_000_000_000, 9_000_000_001, 9_000_000_002, 9_000_000_003, 9_000_000_004], output.Items.ToArray().Take(6).Select(b => b.StartNs / Second));
        Assert.Equal(1, builder.Counters.GapsNotFilled);
    }

    [Fact]
    public void Should_Allocate_Nothing_Once_Warm_With_Ids_And_Cancels()
    {
        var builder = new TimeBarBuilder(new BarSettings(), Specs, 256);
        TickRecord[] ticks = [.. Enumerable.Range(1, 100_000).Select(i => i % 50 == 0 ? Cancel((ulong)i - 45) : Trade((1_000 * Second) + (i * 30_000_000L), 100 + (i % 9), 1, 1, (ulong)i))];
        int[] causes = [.. Enumerable.Range(0, 1000)];
        var output = new EmittedList<BarRecord>(20_000);
        builder.Build(ticks.AsSpan(0, 1000), causes, 0, output);
        int at = 1000;
        long allocated = Allocations.Least(() =>
        {
            for (int end = at + 18_000; at < end; at += 1000)
            {
                output.Clear();
                builder.Build(ticks.AsSpan(at, 1000), causes, at, output);
            }
        });
        Assert.Equal(0, allocated);
        Assert.True(builder.Counters.Revised > 0);
    }

    private static bool Check(int seed, long graceNs, int revisable, int correctable, bool fill)
    {
        var settings = new BarSettings { OpenEveryMs = 0, GraceNs = graceNs, Revisable = revisable, Fill = fill ? BarFill.Previous : BarFill.None };
        // Flat bars of a second over days are many: fewer ticks, and longer intervals, do.
        BarSpec[] specs = fill ? Specs[2..] : Specs;
        (TickRecord[] ticks, int[] causes, _) = AdversarialTicks.Normalize(AdversarialTicks.Make(seed, fill ? 120 : 600), correctable);
        var twin = new NaiveTimeBars([.. specs.Select(s => s.IntervalNs)], graceNs, revisable, fill, correctable);
        for (int i = 0; i < ticks.Length; i++) twin.On(ticks[i], causes[i]);
        var builder = new TimeBarBuilder(settings, specs, correctable);
        var said = new List<NaiveTimeBars.Said>();
        var random = new Random(seed);
        for (int at = 0; at < ticks.Length;)
        {
            int length = Math.Min(random.Next(1, 90), ticks.Length - at);
            var output = new EmittedList<BarRecord>(1);
            builder.Build(ticks.AsSpan(at, length), causes.AsSpan(at, length), 0, output);
            foreach (BarRecord bar in output.Items) said.Add(NaiveTimeBars.Said.Of(bar));
            at += length;
        }

        Assert.Equal(twin.Output, said);
        Assert.Equal(twin.TooLate, builder.Counters.TooLate);
        return true;
    }

    private static TickRecord Cancel(ulong id)
    {
        TickRecord record = Trade(0, 0, 0, 0, id);
        record.Header.Type = RecordType.Cancel;
        return record;
    }

    private static BarRecord[] Build(BarSettings settings, TickRecord[] ticks)
    {
        var output = new EmittedList<BarRecord>(16);
        new TimeBarBuilder(settings, Specs).Build(ticks, [.. Enumerable.Range(0, ticks.Length)], 0, output);
        return output.Items.ToArray();
    }
}
