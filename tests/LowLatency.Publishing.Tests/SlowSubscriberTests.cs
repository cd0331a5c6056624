using LowLatency.Aeron.Client;
using LowLatency.Core.Rings;
using LowLatency.Market.Records;

namespace LowLatency.Publishing.Tests;

/// <summary>A foreign subscriber that Aeron waits for, and that does not read.</summary>
public sealed class SlowSubscriberTests
{
    private const int Trades = 20_000;

    [Fact]
    public void Should_Drop_And_Count_What_A_Tethered_Subscriber_Does_Not_Take_And_Serve_The_Other_Streams()
    {
        using var world = new TestWorld();
        var source = new TestStreams(ringBytes: 1 << 17);
        StreamPublisher publisher = world.Publish(source.Streams);
        source.Trade("A", 0);
        (StreamSubscriber other, BroadcastReader reader) = SubscriptionTests.Live(world);
        using AeronClient foreign = world.Run(world.Connect);
        using Subscription ticks = Add(world, foreign, 1001);
        for (int i = 0; i < Trades; i++)
        {
            source.Trade("A", i);
            if (i % 100 != 0) continue;
            source.Bar("A", 0, i);
            world.Turn();
            TestStreams.ReadAll(reader);
        }

        world.Until(() => publisher.IsDrained, "the engine was never held up");
        Assert.True(publisher.Dropped > Trades / 2, $"Only {publisher.Dropped} were dropped.");
        Assert.Equal(0, publisher.LappedBytes);

        // A stream on which nothing follows shows no hole: the status does.
        world.Until(() => other.Missed + other.Snapshots >= publisher.Dropped, "who keeps up knows what was dropped without another record");

        // What the subscriber gets in the end has no hole but where records were dropped.
        var got = new Count();
        world.Until(() => ticks.Poll(ref got, 256) == 0, "it has read what there is");
        long before = publisher.Dropped;
        source.Trade("A", Trades);
        world.Until(() => publisher.IsDrained && ticks.Poll(ref got, 256) >= 0 && got.Last == (ulong)(Trades + 2), "it goes on with the newest");
        Assert.Equal(before, publisher.Dropped);
        // It joined behind the first.
        Assert.Equal(Trades + 1, got.Records + publisher.Dropped);
        // Who keeps up misses the same and no bars; a snapshot may bring one that was dropped.
        world.Until(() => other.Missed + other.Snapshots >= publisher.Dropped && other.Phase == SubscriberPhase.Live, "who keeps up knows what was dropped");
        Assert.InRange(other.Missed, publisher.Dropped - other.Snapshots, publisher.Dropped);
    }

    [Fact]
    public void Should_Make_The_Engine_Wait_Where_The_Settings_Say_So()
    {
        using var world = new TestWorld();
        world.Settings.SlowSubscriber = SlowSubscriberPolicy.Wait;
        var source = new TestStreams(ringBytes: 1 << 17);
        StreamPublisher publisher = world.Publish(source.Streams);
        world.Until(() => publisher.IsConnected, "the publisher is connected");
        using AeronClient foreign = world.Run(world.Connect);
        using Subscription ticks = Add(world, foreign, 1001);
        var got = new Count();
        for (int i = 0; i < Trades; i++)
        {
            // An engine would wait for room; the subscriber reads only when there is none.
            if (publisher.BacklogBytes >= (1 << 17) - 4096) world.Until(() => ticks.Poll(ref got, 64) == 0 && publisher.BacklogBytes < 1 << 16, "the subscriber makes room");
            source.Trade("A", i);
            if (i % 64 == 0) world.Turn();
        }

        world.Until(() => ticks.Poll(ref got, 64) >= 0 && got.Records == Trades, "all has come");
        Assert.Equal((0L, 0L, (ulong)Trades), (publisher.Dropped, publisher.LappedBytes, got.Last));
    }

    private static Subscription Add(TestWorld world, AeronClient client, int stream)
    {
        Subscription added = world.Run(() => client.AddSubscription("aeron:ipc", stream));
        world.Until(() => added.IsConnected, "the subscription has its image");
        return added;
    }

    private struct Count : IFragmentHandler
    {
        public long Records;
        public ulong Last;

        public void OnFragment(ReadOnlySpan<byte> payload, in Header header)
        {
            for (; !payload.IsEmpty; payload = payload[64..])
            {
                Records++;
                ulong q = System.Runtime.InteropServices.MemoryMarshal.AsRef<RecordHeader>(payload).Sequence;
                Assert.True(q > Last, $"{q} comes behind {Last}");
                Last = q;
            }
        }
    }
}
