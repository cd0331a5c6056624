using LowLatency.Core.Rings;
using LowLatency.Market.Records;

namespace LowLatency.Publishing.Tests;

/// <summary>Records that flow cost no memory: publisher, subscriber and the ring behind it.</summary>
public sealed class AllocationTests
{
    private const int Trades = 2000;

    [Fact]
    public void Should_Publish_And_Receive_Without_Allocating()
    {
        using var world = new TestWorld();
        world.Settings.TermBytes = 1 << 22;
        world.Settings.StatusIntervalMs = 60_000;
        var source = new TestStreams(ringBytes: 1 << 22);
        StreamPublisher publisher = world.Publish(source.Streams);
        source.OneOfEach("A", 1);
        (StreamSubscriber subscriber, BroadcastReader reader) = SubscriptionTests.Live(world);
        world.Halt(publisher);
        world.Halt(subscriber);
        byte[] room = new byte[1 << 16];
        long published = 0;
        long received = 0;
        long bytes = Allocations.Least(() =>
        {
            for (int i = 0; i < Trades; i++)
            {
                var trade = new TradeRecord { Header = { Type = RecordType.Trade, Sequence = (ulong)(published + 2) } };
                System.Runtime.InteropServices.MemoryMarshal.Write(source.Streams.Ring.Claim(64), in trade);
                published++;
                if (i % 50 != 49) continue;
                source.Streams.Ring.Commit();
                publisher.DoWork();
                subscriber.DoWork();
                for (int length = reader.Read(room); length != 0; length = reader.Read(room)) received += length;
            }
        });
        Assert.Equal(0, bytes);
        world.Resume(publisher);
        world.Resume(subscriber);
        world.Until(() => { for (int length = reader.Read(room); length != 0; length = reader.Read(room)) received += length; return received >= published * 64; }, "all has come");
        Assert.Equal((0L, 0L), (subscriber.Missed, publisher.Dropped));
    }
}
