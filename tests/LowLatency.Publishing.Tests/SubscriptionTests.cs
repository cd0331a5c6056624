using LowLatency.Core.Rings;
using LowLatency.Market.Streams;

namespace LowLatency.Publishing.Tests;

/// <summary>Publisher and subscriber over an embedded driver.</summary>
public sealed class SubscriptionTests
{
    [Fact]
    public void Should_Give_A_Late_Subscriber_The_Newest_Of_Every_Stream_And_Then_What_Follows()
    {
        using var world = new TestWorld();
        var source = new TestStreams();
        StreamPublisher publisher = world.Publish(source.Streams);
        source.Streams.Alerts.Set("wide", new string('x', 300));
        for (int i = 1; i <= 5; i++) source.OneOfEach(i % 2 == 0 ? "A" : "B", i);
        world.Until(() => publisher.IsDrained, "all is sent");

        (StreamSubscriber subscriber, BroadcastReader reader) = Live(world);
        PublishedStreams mirror = subscriber.Streams!;
        Assert.Equal(source.Streams.Epoch, mirror.Epoch);
        Assert.Equal(["A", "B"], Enumerable.Range(0, mirror.Instruments.Count).Select(i => mirror.Instruments.Symbol((uint)i)).Order());
        Assert.Equal(source.Streams.Channels.Channels.Select(c => c.Name), mirror.Channels.Channels.Select(c => c.Name));
        Assert.Equal(["macd", "signal", "histogram"], mirror.Channels.Indicators[1].Outputs);
        Assert.Equal((BarKind.Tick, 100.0), (mirror.Channels.Bars[1].Kind, mirror.Channels.Bars[1].Size));
        Assert.Equal(source.Streams.Alerts.Specs, mirror.Alerts.Specs);
        Assert.Equal(source.Newest(), TestStreams.NewestOf(mirror, TestStreams.ReadAll(reader)));

        int before = source.Published.Count;
        for (int i = 6; i <= 20; i++) source.OneOfEach("A", i);
        var got = new List<byte[]>();
        world.Until(() => Read(reader, got) >= source.Published.Count - before, "what follows has come");
        AssertSameByStream(source.Streams, source.Published.Skip(before), got);
        Assert.Equal((0L, 1L + 1, 0L), (subscriber.Missed, subscriber.Snapshots, publisher.Dropped));
        Assert.Empty(world.Errors);
    }

    [Fact]
    public void Should_Name_Instruments_That_Come_Later_Before_Their_Records()
    {
        using var world = new TestWorld();
        var source = new TestStreams();
        world.Publish(source.Streams);
        source.Trade("A", 1);
        (StreamSubscriber subscriber, BroadcastReader reader) = Live(world);
        var got = new List<byte[]>();
        for (int i = 0; i < 40; i++) source.OneOfEach($"NEW{i}", i);
        world.Until(() => Read(reader, got) >= source.Published.Count, "the new ones have come");
        AssertSameByStream(source.Streams, source.Published, got);
        Assert.Equal("NEW39", subscriber.Streams!.Instruments.Symbol(40));
        Assert.Equal((0L, 2L), (subscriber.Missed, subscriber.Snapshots));
    }

    [Fact]
    public void Should_Bring_Everything_To_Several_Subscribers_While_They_Keep_Up()
    {
        using var world = new TestWorld();
        var source = new TestStreams();
        StreamPublisher publisher = world.Publish(source.Streams);
        source.Trade("A", 0);
        (StreamSubscriber Subscriber, BroadcastReader Reader)[] all = [Live(world), Live(world), Live(world)];
        var got = all.Select(_ => new List<byte[]>()).ToArray();
        // Rounds smaller than a window of the small terms: nobody falls behind.
        for (int round = 0; round < 200; round++)
        {
            for (int i = 0; i < 10; i++) source.OneOfEach("A", (round * 10) + i);
            world.Turn();
            for (int s = 0; s < all.Length; s++) Read(all[s].Reader, got[s]);
        }

        for (int s = 0; s < all.Length; s++)
        {
            world.Until(() => Read(all[s].Reader, got[s]) >= source.Published.Count, "all has come");
            AssertSameByStream(source.Streams, source.Published, got[s]);
            Assert.Equal(0, all[s].Subscriber.Missed);
        }

        Assert.Equal(0, publisher.Dropped);
    }

    [Fact]
    public void Should_Not_Be_Stopped_By_A_Subscriber_That_Stops_And_Know_What_It_Missed()
    {
        using var world = new TestWorld();
        var source = new TestStreams();
        StreamPublisher publisher = world.Publish(source.Streams);
        source.Trade("A", 0);
        (StreamSubscriber halted, BroadcastReader haltedReader) = Live(world);
        (StreamSubscriber awake, BroadcastReader awakeReader) = Live(world);
        world.Halt(halted);
        var haltedGot = new List<byte[]>();
        var awakeGot = new List<byte[]>();
        for (int i = 1; i < 3000; i++)
        {
            source.Trade("A", i);
            if (i % 50 == 0) world.Until(() => publisher.IsDrained, "the publisher goes on");
            Read(awakeReader, awakeGot);
        }

        world.Until(() => Read(awakeReader, awakeGot) >= source.Published.Count, "who is awake has all");
        Assert.Equal((0L, 0L), (awake.Missed, publisher.Dropped));

        // Nothing follows: that there is another image tells that something was missed.
        world.Resume(halted);
        world.Until(() => Read(haltedReader, haltedGot) > 0 && haltedGot[^1].AsSpan().SequenceEqual(source.Published[^1]), "who returns has the newest");
        // Each one either came or was counted.
        Assert.Equal(source.Published.Count, haltedGot.Count + halted.Missed);
        Assert.True(halted.Missed > 0, "A halted subscriber had everything: nothing was tried.");
    }

    [Fact]
    public void Should_Say_That_Another_Epoch_Has_Begun()
    {
        using var world = new TestWorld();
        var first = new TestStreams(epoch: 1);
        StreamPublisher publisher = world.Publish(first.Streams);
        first.Trade("A", 1);
        (StreamSubscriber subscriber, _) = Live(world);
        world.Close(publisher);
        var second = new TestStreams(epoch: 2);
        world.Publish(second.Streams);
        second.Trade("B", 1);
        world.Until(() => subscriber.Ended.IsCompleted, "the subscriber has noticed");
        Assert.Equal(SubscriberPhase.Ended, subscriber.Phase);
        (StreamSubscriber next, BroadcastReader reader) = Live(world);
        Assert.Equal(2u, next.Streams!.Epoch);
        Assert.Equal(second.Newest(), TestStreams.NewestOf(next.Streams!, TestStreams.ReadAll(reader)));
    }

    [Fact]
    public void Should_Not_Publish_Where_Another_Engine_Does_Until_That_Has_Gone()
    {
        using var world = new TestWorld();
        var first = new TestStreams(epoch: 1);
        StreamPublisher publisher = world.Publish(first.Streams);
        first.Trade("A", 1);
        (StreamSubscriber subscriber, BroadcastReader reader) = Live(world);
        var second = new TestStreams(epoch: 2);
        StreamPublisher other = world.Publish(second.Streams);
        world.Until(() => world.HasError("Another engine publishes on streams 1001"), "the second has noticed the first");
        Assert.False(other.IsConnected);
        List<byte[]> got = [];
        for (int i = 2; i < 50; i++) first.Trade("A", i);
        world.Until(() => Read(reader, got) >= first.Published.Count, "the first is not disturbed");
        Assert.Equal((0L, SubscriberPhase.Live), (subscriber.Missed, subscriber.Phase));
        world.Close(publisher);
        world.Until(() => other.IsConnected && subscriber.Ended.IsCompleted, "the second has taken over");
    }

    [Fact]
    public void Should_Go_On_When_The_Driver_Comes_Again()
    {
        using var world = new TestWorld();
        var source = new TestStreams();
        StreamPublisher publisher = world.Publish(source.Streams);
        source.OneOfEach("A", 1);
        (StreamSubscriber subscriber, BroadcastReader reader) = Live(world);
        var got = new List<byte[]>();
        world.Until(() => Read(reader, got) >= source.Published.Count, "the beginning has come");
        world.StopDriver();
        world.Until(() => !publisher.IsConnected && subscriber.Phase == SubscriberPhase.Disconnected, "both have noticed");
        for (int i = 2; i < 10; i++) source.OneOfEach("A", i);
        world.Until(() => publisher.IsDrained, "the publisher does not wait");
        world.StartDriver();
        world.Until(() => publisher.IsConnected && subscriber.Phase == SubscriberPhase.Live, "both are there again");
        source.OneOfEach("A", 10);
        world.Until(() => Read(reader, got) + subscriber.Missed >= source.Published.Count, "the newest has come");
        Assert.Equal(source.Newest(), TestStreams.NewestOf(source.Streams, got));
        Assert.Equal(source.Published.Count, got.Count + subscriber.Missed);
        Assert.Contains(world.Errors, e => e.Contains("interrupted", StringComparison.Ordinal));
    }

    private static int Read(BroadcastReader reader, List<byte[]> into)
    {
        into.AddRange(TestStreams.ReadAll(reader));
        return into.Count;
    }

    internal static (StreamSubscriber Subscriber, BroadcastReader Reader) Live(TestWorld world, string journal = "")
    {
        StreamSubscriber subscriber = world.Subscribe(journal: journal);
        world.Until(() => subscriber.Known.IsCompleted, "it is known what is published");
        BroadcastReader reader = subscriber.Streams!.AddReader();
        subscriber.Release();
        world.Until(() => subscriber.Phase == SubscriberPhase.Live, "the subscriber is live");
        return (subscriber, reader);
    }

    private static void AssertSameByStream(PublishedStreams streams, IEnumerable<byte[]> expected, List<byte[]> got)
    {
        ILookup<int, string> Split(IEnumerable<byte[]> records) =>
            records.ToLookup(r => streams.Channels.StreamOf(System.Runtime.InteropServices.MemoryMarshal.Read<Market.Records.RecordHeader>(r).Instrument, streams.Channels.ChannelOf(r)), Convert.ToHexString);
        ILookup<int, string> ours = Split(got);
        foreach (IGrouping<int, string> stream in Split(expected)) Assert.Equal(stream, ours[stream.Key]);
        Assert.Equal(expected.Count(), got.Count);
    }
}
