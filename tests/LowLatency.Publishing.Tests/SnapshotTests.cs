using System.Runtime.InteropServices;
using LowLatency.Aeron.Client;
using LowLatency.Core.Rings;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Publishing.Tests;

/// <summary>The protocol of snapshots as a client of another language would speak it, and what it must bear.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public void Should_Answer_Several_Requests_At_Once_Each_With_Its_Own_Begin_And_End()
    {
        using var world = new TestWorld();
        (TestStreams source, StreamPublisher publisher) = Filled(world);
        world.Until(() => publisher is { IsConnected: true, IsDrained: true }, "the publisher has seen all");
        using AeronClient client = world.Run(world.Connect);
        using Subscription snapshots = world.Run(() => client.AddSubscription("aeron:ipc", 1007));
        using ConcurrentPublication requests = world.Run(() => client.AddPublication("aeron:ipc", 1006));
        world.Until(() => requests.IsConnected, "requests are heard");
        Ask(requests, 11);
        Ask(requests, 22);
        Assert.True(requests.Offer("no request"u8, out OfferResult result) && result.IsAccepted);
        var got = new Collector([]);
        world.Until(() => snapshots.Poll(ref got, 64) >= 0 && got.Marks(RecordType.SnapshotEnd).Contains(22), "the snapshot has come");
        Assert.Equal([11, 22], got.Marks(RecordType.SnapshotBegin));
        Assert.Equal([11, 22], got.Marks(RecordType.SnapshotEnd));
        SnapshotRecord end = MemoryMarshal.Read<SnapshotRecord>(got.Records[^1]);
        int definitions = 2 + 2 + 1 + source.Streams.Instruments.Count;
        Assert.Equal((definitions + source.Newest().Count, publisher.RunNs, source.Streams.Epoch), (end.Count, end.RunNs, end.Epoch));
        Assert.Equal(source.Newest(), TestStreams.NewestOf(source.Streams, got.Records.Where(r => source.Streams.Channels.ChannelOf(r) >= 0)));
    }

    [Fact]
    public void Should_Bear_A_Subscriber_That_Asks_And_Goes_And_Answer_The_Next()
    {
        using var world = new TestWorld();
        (TestStreams source, StreamPublisher publisher) = Filled(world);
        world.Until(() => publisher.IsConnected, "the publisher is there");
        using (AeronClient client = world.Run(world.Connect))
        {
            using ConcurrentPublication requests = world.Run(() => client.AddPublication("aeron:ipc", 1006));
            world.Until(() => requests.IsConnected, "requests are heard");
            for (int i = 0; i < 50; i++) Ask(requests, i + 1);
        }

        // Nobody listens to the answers to those.
        (StreamSubscriber subscriber, BroadcastReader reader) = SubscriptionTests.Live(world);
        Assert.Equal(source.Newest(), TestStreams.NewestOf(subscriber.Streams!, TestStreams.ReadAll(reader)));
    }

    [Fact]
    public void Should_Leave_Out_What_Is_No_Record_On_Any_Stream()
    {
        using var world = new TestWorld();
        var source = new TestStreams();
        StreamPublisher publisher = world.Publish(source.Streams);
        source.OneOfEach("A", 1);
        (StreamSubscriber subscriber, BroadcastReader reader) = SubscriptionTests.Live(world);
        using AeronClient client = world.Run(world.Connect);
        byte[] trade = source.Published[0];
        var nonsense = new byte[][] { [], [255], [1], trade[..63], [.. trade, 0], new byte[500] };
        foreach (int stream in new[] { 1001, 1002, 1003, 1004, 1005, 1007 })
        {
            ExclusivePublication publication = world.Run(() => client.AddExclusivePublication("aeron:ipc?term-length=65536", stream));
            world.Until(() => publication.IsConnected, "it is heard");
            foreach (byte[] message in nonsense) Assert.True(publication.Offer(message, out OfferResult result, publisher.RunNs) && result.IsAccepted);
        }

        // The images that are new make it ask again; then all is as before.
        world.Until(() => subscriber.Malformed >= 5 * 5 && subscriber.Phase == SubscriberPhase.Live, "it has seen them and goes on");
        source.OneOfEach("A", 2);
        var got = new List<byte[]>();
        world.Until(() => { got.AddRange(TestStreams.ReadAll(reader)); return got.Count >= source.Published.Count; }, "the records come");
        Assert.Equal(source.Newest(), TestStreams.NewestOf(source.Streams, got));
        Assert.Equal((0L, source.Published.Count), (subscriber.Missed, got.Count));
    }

    [Fact]
    public void Should_Say_How_The_Engine_Is_And_Which_Run_Every_Message_Is_Of()
    {
        using var world = new TestWorld();
        var source = new TestStreams();
        var status = new TestWorld.TestStatus { Taken = 5, Published = 9 };
        StreamPublisher publisher = world.Publish(source.Streams, status);
        world.Until(() => publisher.IsConnected, "the publisher is there");
        using AeronClient client = world.Run(world.Connect);
        using Subscription stream = world.Run(() => client.AddSubscription("aeron:ipc", 1005));
        var got = new Collector([]);
        world.Until(() => stream.Poll(ref got, 64) >= 0 && got.Records.Count >= 2, "it has said something");
        StatusRecord[] said = [.. got.Records.Where(r => r[0] == (byte)RecordType.Status).Select(r => MemoryMarshal.Read<StatusRecord>(r))];
        Assert.All(said, s => Assert.Equal((7u, PublisherState.Running, publisher.RunNs, 5L, 9L), (s.Epoch, s.State, s.RunNs, s.Taken, s.Published)));
        Assert.Equal(Enumerable.Range((int)said[0].Header.Sequence, said.Length), said.Select(s => (int)s.Header.Sequence));
        status.State = PublisherState.Drained;
        got.Records.Clear();
        world.Until(() => stream.Poll(ref got, 64) >= 0 && got.Records.Exists(r => MemoryMarshal.Read<StatusRecord>(r).State == PublisherState.Drained), "it says that it is drained");
        Assert.Equal([publisher.RunNs], got.Runs);
    }

    private static (TestStreams Source, StreamPublisher Publisher) Filled(TestWorld world)
    {
        var source = new TestStreams();
        StreamPublisher publisher = world.Publish(source.Streams);
        for (int i = 0; i < 30; i++) source.OneOfEach($"S{i}", i + 1);
        return (source, publisher);
    }

    private static void Ask(ConcurrentPublication requests, long correlation)
    {
        var request = new SnapshotRecord { Header = { Type = RecordType.SnapshotRequest }, Correlation = correlation };
        Assert.True(requests.Offer(MemoryMarshal.AsBytes(new ReadOnlySpan<SnapshotRecord>(in request)), out OfferResult result) && result.IsAccepted);
    }

    private readonly struct Collector(List<byte[]> records) : IFragmentHandler
    {
        private readonly HashSet<long> _runs = [];

        public List<byte[]> Records { get; } = records;

        public IReadOnlyCollection<long> Runs => _runs;

        public void OnFragment(ReadOnlySpan<byte> payload, in Header header)
        {
            _runs.Add(header.ReservedValue);
            for (int length; !payload.IsEmpty; payload = payload[length..])
            {
                length = RecordLengths.Of((RecordType)payload[0]);
                Records.Add(payload[..length].ToArray());
            }
        }

        public IEnumerable<long> Marks(RecordType type) => Records.Where(r => (RecordType)r[0] == type).Select(r => MemoryMarshal.Read<SnapshotRecord>(r).Correlation);
    }
}
