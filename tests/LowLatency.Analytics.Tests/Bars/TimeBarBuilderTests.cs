using LowLatency.Analytics.Bars;
using LowLatency.Analytics.Batches;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;
using static LowLatency.Analytics.Tests.Ticks;

namespace LowLatency.Analytics.Tests.Bars;

public sealed class TimeBarBuilderTests
{
    private static readonly BarSpec[] Specs =
        [.. new[] { "1s", "2s", "10s", "30s", "1m", "5m", "1h", "1d" }.Select(t => BarSpec.TryParse(t, out BarSpec? spec) ? spec! : throw new ArgumentException(t))];

    [Fact]
    public void Should_Close_A_Bar_When_The_First_Trade_At_Or_After_Its_End_Arrives()
    {
        BarRecord[] bars = Build(new BarSettings { OpenEveryMs = 0 }, ["1s"], Trade(100 * Second, 10, 2, 1), Trade((101 * Second) - 1, 12, 1, -1), Trade(101 * Second, 11));
        BarRecord bar = Assert.Single(bars);
        Assert.Equal((100 * Second, 101 * Second, BarState.Closed, 0u), (bar.StartNs, bar.EndNs, bar.State, bar.Revision));
        Assert.Equal((10, 12, 10, 12), (bar.Open, bar.High, bar.Low, bar.Close));
        Assert.Equal((3, 2, 2u), (bar.Volume, bar.BuyVolume, bar.Count));
        Assert.Equal(32.0 / 3, bar.Vwap);
        Assert.Equal((101 * Second, 2L), (bar.Header.EventNs, bar.Input));
    }

    [Fact]
    public void Should_Close_The_Bars_Of_Quiet_Instruments_By_The_Clock_And_Make_None_Without_Trades()
    {
        BarRecord[] bars = Build(new BarSettings { OpenEveryMs = 0 }, ["1s"], Trade(100 * Second, 10), Clock(101 * Second), Clock(105 * Second), Trade(105 * Second, 10), Clock(106 * Second));
        Assert.Equal([100 * Second, 105 * Second], bars.Select(b => b.StartNs));
    }

    [Fact]
    public void Should_Close_Bars_Due_Together_In_Order_Of_End_Then_Of_Length()
    {
        BarRecord[] bars = Build(new BarSettings { OpenEveryMs = 0 }, ["1m", "10s", "1s"], Trade(59 * Second, 10), Trade(60 * Second, 11));
        // Spec is the place in the settings; lanes are in order of length.
        Assert.Equal([2, 1, 0], bars.Select(b => (int)b.Spec));
        bars = Build(new BarSettings { OpenEveryMs = 0 }, ["1m", "10s", "1s"], Trade(11 * Second, 10), Clock(3600 * Second));
        Assert.Equal([12 * Second, 20 * Second, 60 * Second], bars.Select(b => b.EndNs));
    }

    [Theory]
    [InlineData(false, new long[] { 102 })]
    [InlineData(true, new long[] { 100, 101, 102 })]
    public void Should_Say_The_Bars_That_Wait_In_Their_Grace_Before_The_Open_One_When_Asked(bool says, long[] expected)
    {
        var builder = new TimeBarBuilder(new BarSettings { OpenEveryMs = 1000, GraceNs = 60 * Second }, Specs[..1], saysWaiting: says);
        var output = new EmittedList<BarRecord>(16);
        builder.Build([Trade(100 * Second, 10), Trade(101 * Second, 11), Trade(102 * Second, 12)], [0, 1, 2], 0, output);
        BarRecord[] last = [.. output.Items.ToArray().Where(b => b.Input == 2)];
        Assert.Equal(expected, last.Select(b => b.StartNs / Second));
        Assert.All(last, b => Assert.Equal((BarState.Open, 0u), (b.State, b.Revision)));
    }

    [Fact]
    public void Should_Set_Vwap_To_The_Close_When_The_Volume_Is_Zero()
    {
        BarRecord bar = Assert.Single(Build(new BarSettings { OpenEveryMs = 0 }, ["1s"], Trade(Second, 10, 0), Trade(Second, 11, 0), Clock(2 * Second)));
        Assert.Equal((0, 11), (bar.Volume, bar.Vwap));
    }

    [Fact]
    public void Should_Revise_A_Closed_Bar_When_A_Trade_Is_Late_And_Count_What_Is_Too_Late()
    {
        TickRecord[] ticks = [.. Enumerable.Range(0, 10).Select(i => Trade((100 + i) * Second, 10 + i))];
        (BarRecord[] bars, TimeBarBuilder builder) = BuildWith(new BarSettings { OpenEveryMs = 0 }, ["1s"], [.. ticks, Late(Trade((105 * Second) + 5, 99, 4)), Late(Trade(105 * Second, 1)), Late(Trade(100 * Second, 5))]);
        BarRecord[] revised = [.. bars.Where(b => b.State == BarState.Revised)];
        Assert.Equal([1u, 2u], revised.Select(b => b.Revision));
        // Equal times: the one accepted later does not replace the open, and the first late one had set the close.
        Assert.Equal((15, 99, 1, 99), (revised[1].Open, revised[1].High, revised[1].Low, revised[1].Close));
        Assert.Equal(RevisionReason.Late, revised[1].Why);
        Assert.Equal(1, builder.Counters.TooLate);
        Assert.Equal((9L, 2L), (builder.Counters.Closed, builder.Counters.Revised));
    }

    [Fact]
    public void Should_Wait_For_The_Grace()
    {
        BarRecord[] bars = Build(
            new BarSettings { OpenEveryMs = 0, GraceNs = Second / 4 }, ["1s"],
            Trade(100 * Second, 10), Trade((101 * Second) + (Second / 8), 20), Late(Trade((101 * Second) - 1, 11)), Trade((101 * Second) + (Second / 4), 21));
        BarRecord bar = Assert.Single(bars);
        Assert.Equal((100 * Second, 11.0, 2u, 3L), (bar.StartNs, bar.Close, bar.Count, bar.Input));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Second - 1)]
    [InlineData(LowLatency.Analytics.Normalization.Normalizer.MaxEventNs)]
    public void Should_Close_Bars_At_The_Ends_Of_Time(long eventNs)
    {
        foreach (int openEveryMs in new[] { 0, 250 })
        {
            var settings = new BarSettings { OpenEveryMs = openEveryMs, GraceNs = 3_600 * Second };
            BarRecord[] bars = [.. Build(settings, ["1s", "7d"], Trade(eventNs, 10), Clock(long.MaxValue)).Where(b => b.State != BarState.Open)];
            Assert.All(bars, b => Assert.Equal((BarState.Closed, 0u, 1u), (b.State, b.Revision, b.Count)));
            Assert.Equal(2, bars.Length);
        }
    }

    [Fact]
    public void Should_Leave_Suspects_Out()
    {
        TickRecord suspect = Trade(Second, 99);
        suspect.Header.Flags = RecordFlags.Suspect;
        BarRecord bar = Assert.Single(Build(new BarSettings { OpenEveryMs = 0 }, ["1s"], Trade(Second, 10), suspect, Clock(2 * Second)));
        Assert.Equal((10, 1u), (bar.High, bar.Count));
    }

    [Fact]
    public void Should_Say_Changed_Open_Bars_At_Most_Once_An_Interval_Of_Event_Time()
    {
        const long Ms = 1_000_000;
        BarRecord[] bars = Build(
            new BarSettings { OpenEveryMs = 100 }, ["1s"],
            Trade(Second, 1), Trade(Second + (50 * Ms), 2), Trade(Second + (100 * Ms), 3), Trade(Second + (120 * Ms), 4), Clock(Second + (200 * Ms)), Clock(Second + (300 * Ms)));
        Assert.Equal([1.0, 3.0, 4.0], bars.Select(b => b.Close));
        Assert.All(bars, b => Assert.Equal(BarState.Open, b.State));
    }

    [Fact]
    public void Should_Say_Open_Bars_At_The_End_And_Go_On()
    {
        var builder = new TimeBarBuilder(new BarSettings { OpenEveryMs = 0 }, Specs[..1]);
        var output = new EmittedList<BarRecord>(4);
        builder.Build([Trade(Second, 10)], [0], 0, output);
        builder.SayOpenBars(output);
        builder.Build([Trade(Second + 1, 11), Clock(2 * Second)], [0, 1], 1, output);
        Assert.Equal([(BarState.Open, -1L, 1u), (BarState.Closed, 2L, 2u)], output.Items.ToArray().Select(b => (b.State, b.Input, b.Count)));
    }

    [Theory]
    [InlineData(1, 0, 8)]
    [InlineData(2, 0, 1)]
    [InlineData(3, Second / 4, 8)]
    [InlineData(4, 7 * Second, 3)]
    [InlineData(5, 90 * Second, 8)]
    public void Should_Equal_The_Naive_Twin_To_The_Bit_Whatever_The_Batches(int seed, long graceNs, int revisable)
    {
        for (int run = 0; run < 20; run++)
        {
            var random = new Random((seed * 1000) + run);
            TickRecord[] ticks = RandomTicks(random, 1_500);
            var twin = new NaiveTimeBars([.. Specs.Select(s => s.IntervalNs)], graceNs, revisable);
            for (int i = 0; i < ticks.Length; i++)
            {
                if (ticks[i].Header.Type == RecordType.Clock) twin.OnClock(ticks[i].Header.EventNs, i);
                else twin.OnTrade(ticks[i].Trade, i);
            }

            var builder = new TimeBarBuilder(new BarSettings { OpenEveryMs = run % 2 * 250, GraceNs = graceNs, Revisable = revisable }, Specs);
            var said = new List<NaiveTimeBars.Said>();
            for (int at = 0; at < ticks.Length;)
            {
                int length = Math.Min(random.Next(1, 300), ticks.Length - at);
                var output = new EmittedList<BarRecord>(1);
                builder.Build(ticks.AsSpan(at, length), [.. Enumerable.Range(0, length)], at, output);
                foreach (BarRecord bar in output.Items)
                {
                    if (bar.State != BarState.Open) said.Add(NaiveTimeBars.Said.Of(bar));
                }

                at += length;
            }

            Assert.Equal(twin.Output, said);
            Assert.Equal(twin.TooLate, builder.Counters.TooLate);
            // No trade is later than 40 s: a longer grace leaves nothing to revise.
            Assert.Equal(graceNs < 40 * Second, said.Exists(s => s.State == BarState.Revised));
        }
    }

    [Fact]
    public void Should_Allocate_Nothing_Once_Warm()
    {
        var builder = new TimeBarBuilder(new BarSettings(), Specs);
        TickRecord[] ticks = [.. Enumerable.Range(0, 100_000).Select(i => Trade((1_000 * Second) + (i * 30_000_000L), 100 + (i % 9), 1, 1))];
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
    }

    [Fact]
    public void Should_Refuse_Wrong_Intervals()
    {
        Assert.Throws<ArgumentException>(() => new TimeBarBuilder(new BarSettings(), []));
        Assert.Throws<ArgumentException>(() => new TimeBarBuilder(new BarSettings(), [Specs[0], new BarSpec("same", Specs[0].IntervalNs)]));
    }

    private static TickRecord[] RandomTicks(Random random, int count, long maxLateNs = 40 * Second)
    {
        var ticks = new TickRecord[count];
        long now = 1_700_000_000 * Second;
        var highest = new long[3];
        for (int i = 0; i < count; i++)
        {
            // Bursts within a millisecond, ordinary gaps, and a pause now and then.
            now += random.Next(10) switch { < 4 => random.Next(1_000_000), < 9 => random.NextInt64(2 * Second), _ => random.NextInt64(200 * Second) };
            if (random.Next(12) == 0)
            {
                ticks[i] = Clock(now + random.NextInt64(-Second, Second));
                continue;
            }

            uint instrument = (uint)random.Next(3);
            long eventNs = random.Next(5) == 0 && maxLateNs > 0 ? now - random.NextInt64(maxLateNs) : now;
            ticks[i] = Trade(eventNs, 100 + (random.Next(-50, 50) / 100.0), random.Next(0, 40) / 8.0, random.Next(-1, 2), instrument: instrument);
            if (eventNs < highest[instrument]) ticks[i].Header.Flags = RecordFlags.Late;
            highest[instrument] = Math.Max(highest[instrument], eventNs);
        }

        return ticks;
    }

    private static TickRecord Late(TickRecord tick)
    {
        tick.Header.Flags |= RecordFlags.Late;
        return tick;
    }

    private static BarRecord[] Build(BarSettings settings, string[] intervals, params TickRecord[] ticks) => BuildWith(settings, intervals, ticks).Bars;

    private static (BarRecord[] Bars, TimeBarBuilder Builder) BuildWith(BarSettings settings, string[] intervals, TickRecord[] ticks)
    {
        BarSpec[] specs = [.. intervals.Select(t => BarSpec.TryParse(t, out BarSpec? spec) ? spec! : throw new ArgumentException(t))];
        var builder = new TimeBarBuilder(settings, specs);
        var output = new EmittedList<BarRecord>(4);
        builder.Build(ticks, [.. Enumerable.Range(0, ticks.Length)], 0, output);
        return (output.Items.ToArray(), builder);
    }
}
