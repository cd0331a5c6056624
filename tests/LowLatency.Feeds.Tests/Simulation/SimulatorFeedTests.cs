using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using LowLatency.Core.Clocks;
using LowLatency.Feeds.Settings;
using LowLatency.Feeds.Simulation;
using LowLatency.Market.Records;

namespace LowLatency.Feeds.Tests.Simulation;

public sealed class SimulatorFeedTests
{
    private const long Start = 1_700_000_000_000_000_000;

    private static readonly Lazy<List<TickRecord>> Long = new(() => Ticks(new SimulatorSettings { TicksPerSecond = 50, Limit = 1_000_000 }));

    [Fact]
    public void Should_Give_The_Same_Ticks_For_The_Same_Seed_However_Cycles_Fall()
    {
        Prop.ForAll<int, byte, byte>((seed, capacity, limit) =>
        {
            var settings = new SimulatorSettings { Seed = Math.Abs((long)seed), Limit = limit * 10L };
            List<TickRecord> one = Ticks(settings, 1 << 14);
            List<TickRecord> two = Ticks(settings, 1 << (1 + (capacity % 8)));
            return Bytes(one).SequenceEqual(Bytes(two)) && (limit == 0 || one.Count == limit * 10);
        }).QuickCheckThrowOnFailure();
        Assert.False(Bytes(Ticks(new SimulatorSettings { Seed = 1, Limit = 100 })).SequenceEqual(Bytes(Ticks(new SimulatorSettings { Seed = 2, Limit = 100 }))));
    }

    [Fact]
    public void Should_Keep_The_Mean_Rate()
    {
        List<TickRecord> ticks = Long.Value;
        double seconds = (ticks[^1].Header.EventNs - Start) / 1e9;
        Assert.InRange(ticks.Count / seconds, 50 * 0.95, 50 * 1.05);
        for (int i = 1; i < ticks.Count; i++) Assert.True(ticks[i].Header.EventNs >= ticks[i - 1].Header.EventNs);
        double trades = ticks.Count(t => t.Header.Type == RecordType.Trade);
        Assert.InRange((ticks.Count - trades) / trades, 2.9, 3.1);
    }

    [Fact]
    public void Should_Cluster_Arrivals()
    {
        double[] waits = [.. Pairs(Of(0).Select(t => (double)t.Header.EventNs)).Select(p => p.Second - p.First)];
        double mean = waits.Average();
        double deviation = Math.Sqrt(waits.Average(w => (w - mean) * (w - mean)));
        // A Poisson process has 1.
        Assert.InRange(deviation / mean, 1.2, 4);
    }

    [Fact]
    public void Should_Keep_Prices_And_Sizes_On_Their_Grids()
    {
        (decimal Tick, decimal Lot)[] grids = [(0.01m, 100m), (0.01m, 100m), (0.1m, 0.001m), (0.00001m, 1000m)];
        foreach (TickRecord tick in Long.Value)
        {
            (decimal step, decimal lot) = grids[tick.Header.Instrument];
            if (tick.Header.Type == RecordType.Trade)
            {
                AssertOnGrid(tick.Trade.Price, step);
                AssertOnGrid(tick.Trade.Size, lot);
                continue;
            }

            AssertOnGrid(tick.Quote.Bid, step);
            AssertOnGrid(tick.Quote.Ask, step);
            AssertOnGrid(tick.Quote.BidSize, lot);
            AssertOnGrid(tick.Quote.AskSize, lot);
            Assert.True((decimal)tick.Quote.Ask - (decimal)tick.Quote.Bid >= step);
        }
    }

    [Fact]
    public void Should_Trade_At_The_Last_Quote_With_Persistent_Signs_And_Rising_Ids()
    {
        var signs = new List<double>();
        ulong id = 0;
        QuoteRecord quote = default;
        foreach (TickRecord tick in Of(1))
        {
            if (tick.Header.Type == RecordType.Quote)
            {
                quote = tick.Quote;
                continue;
            }

            Assert.Equal(++id, tick.Trade.TradeId);
            signs.Add(tick.Trade.Aggressor);
            if (quote.Bid > 0) Assert.Equal(tick.Trade.Aggressor > 0 ? quote.Ask : quote.Bid, tick.Trade.Price);
        }

        double correlation = Pairs(signs).Average(p => p.First * p.Second);
        Assert.InRange(correlation, 0.4, 0.7);
        Assert.InRange(signs.Average(), -0.1, 0.1);
    }

    [Fact]
    public void Should_Have_The_Volatility_Of_The_Settings()
    {
        // Mid prices a minute apart of the crypto-like instrument, whose ticks are finest: 65% a year.
        double last = 0;
        long next = 0;
        double squares = 0;
        int count = 0;
        foreach (TickRecord tick in Of(2))
        {
            if (tick.Header.Type != RecordType.Quote || tick.Header.EventNs < next) continue;
            double middle = Math.Log((tick.Quote.Bid + tick.Quote.Ask) / 2);
            if (next != 0)
            {
                squares += (middle - last) * (middle - last);
                count++;
            }

            last = middle;
            next = tick.Header.EventNs + 60_000_000_000;
        }

        Assert.InRange(Math.Sqrt(squares / count * 365.25 * 1440), 0.45, 0.85);
    }

    [Fact]
    public void Should_Publish_When_Due()
    {
        var rig = new FeedRig(capacity: 1 << 16, epochNs: Start);
        var feed = new SimulatorFeed(rig.Context, new SimulatorSettings { TicksPerSecond = 1000 });
        feed.OnStart();
        for (int i = 0; i < 1000; i++)
        {
            while (feed.DoWork() > 0)
            {
            }

            foreach (TickRecord tick in rig.Take())
            {
                Assert.InRange(tick.Header.EventNs, Start, rig.Clock.EpochNs());
                Assert.Equal(rig.Clock.EpochNs(), tick.Header.ReceiveNs);
                Assert.Equal("SIM", rig.Sources.Name(tick.Header.Source));
            }

            rig.Clock.Advance(10_000_000);
        }

        Assert.InRange(feed.Published, 2_000, 50_000);
        Assert.Equal(0, feed.Stalls);
    }

    [Fact]
    public void Should_Go_On_From_Now_After_A_Stall()
    {
        var rig = new FeedRig(capacity: 1 << 16, epochNs: Start);
        var feed = new SimulatorFeed(rig.Context, new SimulatorSettings { TicksPerSecond = 1000, StartNs = 5_000_000_000 });
        feed.OnStart();
        rig.Clock.Advance(100_000_000);
        FeedRig.RunUntil(feed, 1);
        rig.Take();
        rig.Clock.Advance(3600_000_000_000);
        while (feed.DoWork() > 0)
        {
        }

        List<TickRecord> after = rig.Take();
        Assert.Equal(1, feed.Stalls);
        Assert.InRange(after.Count, 1, 64);
        // The start of the settings, and not the clock's, is what event times are measured from.
        Assert.InRange(after[0].Header.EventNs, 3_600_000_000_000, 3_610_000_000_000);
    }

    [Fact]
    public void Should_Go_On_When_The_Clock_Is_Set_Back()
    {
        var rig = new FeedRig(capacity: 1 << 16);
        var clock = new SettableClock { NowNs = Start };
        var feed = new SimulatorFeed(rig.With(clock), new SimulatorSettings { TicksPerSecond = 1000 });
        feed.OnStart();
        for (int i = 0; i < 200; i++)
        {
            // An hour back after the first second, as a correction of the machine's time can be.
            clock.NowNs += i == 100 ? -3_600_000_000_000 : 10_000_000;
            long before = feed.Published;
            while (feed.DoWork() > 0)
            {
            }

            if (i == 100) Assert.InRange(feed.Published - before, 0, 64);
        }

        Assert.Equal(1, feed.Stalls);
        Assert.InRange(clock.NowNs - rig.Take()[^1].Header.EventNs, 0, 100_000_000);
    }

    [Fact]
    public void Should_Complete_At_Its_Limit()
    {
        var rig = new FeedRig();
        var feed = new SimulatorFeed(rig.Context, new SimulatorSettings { Speed = SimulatorSpeed.Max, Limit = 100 });
        Assert.Equal(100, rig.Run(feed).Count);
        Assert.Equal(0, feed.DoWork());
        Assert.Equal(100, feed.Published);
    }

    [Fact]
    public void Should_Allocate_Nothing_For_A_Tick()
    {
        var rig = new FeedRig(capacity: 1 << 17);
        var feed = new SimulatorFeed(rig.Context, new SimulatorSettings { Speed = SimulatorSpeed.Max });
        feed.OnStart();
        FeedRig.RunUntil(feed, 1000);
        long end = 1000;
        Assert.Equal(0, Allocations.Least(() =>
        {
            end += 20_000;
            while (feed.Published < end) feed.DoWork();
        }));
    }

    [Theory]
    [InlineData("", "does not begin with a symbol")]
    [InlineData("A price=0", "price=0")]
    [InlineData("A price=-5", "price=-5")]
    [InlineData("A tick=0", "tick=0")]
    [InlineData("A tick=x", "tick=x")]
    [InlineData("A lot=0.00000000001", "lot=0.00000000001")]
    [InlineData("A volatility=11", "volatility=11")]
    [InlineData("A weight=0", "weight=0")]
    [InlineData("A colour=red", "colour=red")]
    [InlineData("A price=0.1 tick=0.01", "10 ticks")]
    public void Should_Name_A_Bad_Instrument(string text, string expected)
    {
        var settings = new SimulatorSettings { Instruments = [text] };
        Assert.Contains(expected, Assert.Single(SimulatorFeed.Validate(settings)), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new SimulatorFeed(new FeedRig().Context, settings));
    }

    [Fact]
    public void Should_Name_Bad_Settings()
    {
        Assert.Empty(SimulatorFeed.Validate(new SimulatorSettings()));
        Assert.Single(SimulatorFeed.Validate(new SimulatorSettings { TicksPerSecond = 0 }));
        Assert.Single(SimulatorFeed.Validate(new SimulatorSettings { TicksPerSecond = double.NaN }));
        Assert.Single(SimulatorFeed.Validate(new SimulatorSettings { Seed = -1 }));
        Assert.Single(SimulatorFeed.Validate(new SimulatorSettings { Instruments = [] }));
        Assert.Single(SimulatorFeed.Validate(new SimulatorSettings { Instruments = ["A", "A"] }));
    }

    private static List<TickRecord> Ticks(SimulatorSettings settings, int capacity = 1 << 14)
    {
        if (settings.Limit == 0) return [];
        settings.Speed = SimulatorSpeed.Max;
        settings.StartNs = Start;
        var rig = new FeedRig(capacity);
        return rig.Run(new SimulatorFeed(rig.Context, settings));
    }

    private static IEnumerable<TickRecord> Of(uint instrument) => Long.Value.Where(t => t.Header.Instrument == instrument);

    private static IEnumerable<(double First, double Second)> Pairs(IEnumerable<double> values) => values.Zip(values.Skip(1));

    private static byte[] Bytes(List<TickRecord> ticks) => MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(ticks)).ToArray();

    private static void AssertOnGrid(double value, decimal step)
    {
        // Through decimal the value is its shortest text: on the grid, and the double nearest to it.
        decimal exact = (decimal)value;
        Assert.True(exact % step == 0 && (double)exact == value);
    }

    private sealed class SettableClock : IClock
    {
        public long NowNs { get; set; }

        public long EpochNs() => NowNs;

        public long MonotonicNs() => NowNs;
    }
}
