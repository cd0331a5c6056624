using LowLatency.Feeds.Settings;
using LowLatency.Feeds.Simulation;
using LowLatency.Market.Records;

namespace LowLatency.Feeds.Tests;

public sealed class ClockFeedTests
{
    private const long Ms = 1_000_000;

    [Fact]
    public void Should_Publish_The_Time_At_Each_Interval()
    {
        var rig = new FeedRig(epochNs: 5_000 * Ms);
        var feed = new ClockFeed(rig.Context, new ClockSettings { IntervalMs = 100, LagMs = 20 });
        feed.OnStart();
        Assert.Equal(1, feed.DoWork());
        Assert.Equal(0, feed.DoWork());
        rig.Clock.Advance(130 * Ms);
        Assert.Equal(1, feed.DoWork());
        // The grid is kept: the next is due 200 ms after the first.
        rig.Clock.Advance(70 * Ms);
        Assert.Equal(1, feed.DoWork());
        // A stall is not made up for.
        rig.Clock.Advance(1_000 * Ms);
        Assert.Equal(1, feed.DoWork());
        Assert.Equal(0, feed.DoWork());
        List<TickRecord> records = rig.Take();
        Assert.Equal([4_980 * Ms, 5_110 * Ms, 5_180 * Ms, 6_180 * Ms], records.Select(r => r.Header.EventNs));
        Assert.All(records, r => Assert.Equal((RecordType.Clock, 0u, r.Header.EventNs), (r.Header.Type, r.Header.Instrument, r.Header.ReceiveNs)));
        Assert.Equal(4, feed.Published);
        Assert.False(feed.Completed);
    }

    [Fact]
    public void Should_Wait_For_Room()
    {
        var rig = new FeedRig(capacity: 2);
        var feed = new ClockFeed(rig.Context, new ClockSettings { IntervalMs = 1 });
        for (int i = 0; i < 3; i++)
        {
            feed.DoWork();
            rig.Clock.Advance(Ms);
        }

        Assert.Equal(2, feed.Published);
        rig.Take();
        Assert.Equal(1, feed.DoWork());
    }

    [Fact]
    public void Should_Never_Get_Ahead_Of_Ticks_That_Are_Due()
    {
        // Many ticks are due at once, more than the simulator publishes in a cycle, and the ring is small besides.
        var rig = new FeedRig(capacity: 128, epochNs: 1_700_000_000_000 * Ms);
        var simulator = new SimulatorFeed(rig.Context, new SimulatorSettings { TicksPerSecond = 50_000 });
        var clock = new ClockFeed(rig.Context, new ClockSettings { IntervalMs = 1 }, simulator);
        simulator.OnStart();
        clock.OnStart();
        var random = new Random(1);
        var records = new List<TickRecord>();
        for (int i = 0; i < 2_000; i++)
        {
            rig.Clock.Advance(random.Next(1, 12) * Ms);
            for (int turn = random.Next(1, 20); turn > 0; turn--)
            {
                simulator.DoWork();
                clock.DoWork();
                if (random.Next(3) == 0) records.AddRange(rig.Take());
            }
        }

        long clockNs = 0;
        int clocks = 0;
        foreach (TickRecord record in records)
        {
            Assert.True(record.Header.EventNs >= clockNs, $"a tick of {record.Header.EventNs} comes after the clock's {clockNs}");
            if (record.Header.Type != RecordType.Clock) continue;
            clockNs = record.Header.EventNs;
            clocks++;
        }

        Assert.InRange(clocks, 100, records.Count / 10);
    }
}
