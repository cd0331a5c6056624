using LowLatency.Core.Agents;
using LowLatency.Core.Histograms;
using LowLatency.Core.Hashing;
using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

/// <summary>The hot path allocates nothing, not one byte.</summary>
public sealed class AllocationTests
{
    private const int Warm = 2_000;
    private const int Events = 100_000;

    [Theory]
    [InlineData(ProducerMode.Single)]
    [InlineData(ProducerMode.Multi)]
    public void Should_Publish_And_Poll_Without_Allocating(ProducerMode mode)
    {
        var ring = new RingBuffer<StressEvent>(64, mode);
        RingConsumer<StressEvent> front = ring.AddConsumer(new Parker());
        RingConsumer<StressEvent> back = ring.AddConsumer(new Parker(), front);
        Assert.Equal(0, Allocated(() =>
        {
            if (!ring.TryClaim(3, out long first)) return;
            for (int i = 0; i < 3; i++) ring[first + i].Fill(0, first + i);
            ring.Publish(first, 3);
            while (front.HasEvents()) front.Advance(front.Poll(16).Length);
            while (back.HasEvents()) back.Advance(back.Poll(16).Length);
        }));
        Assert.True(back.Position > Events);
    }

    [Theory]
    [InlineData(ProducerMode.Single)]
    [InlineData(ProducerMode.Multi)]
    public void Should_Handle_Stamped_Events_In_Lanes_Without_Allocating(ProducerMode mode)
    {
        var ring = new RingBuffer<StampedEvent>(64, mode) { DetectsSecondProducer = true };
        var parker = new Parker();
        RingConsumer<StampedEvent> front = ring.AddConsumer(parker);
        RingConsumer<StampedEvent> back = ring.Join(parker, front);
        RingConsumer<StampedEvent> single = ring.Join(parker, front);
        var first = new HandlerAgent<StampedEvent, Summing>("batches", default, HandlerFailurePolicy.Stop, 16, front, back);
        var second = new HandlerAgent<StampedEvent, EachEvent<StampedEvent, Summing>>("events", default, HandlerFailurePolicy.Skip, 16, single);
        var producer = new RingProducer<StampedEvent, BlockingIdle>(ring, new BlockingIdle(1), parker);
        Assert.Equal(0, Allocated(() =>
        {
            Assert.True(producer.Claim(3, out long sequence));
            for (int i = 0; i < 3; i++) ring[sequence + i].Fill(0, sequence + i);
            ring.Publish(sequence, 3);
            while (first.DoWork() != 0) second.DoWork();
            while (second.HasWork()) second.DoWork();
        }));
        Assert.True(single.Position > Events && first.Handler.Sum == 2 * second.Handler.Handler.Sum);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Should_Park_And_Wake_Without_Allocating(bool usesFutex)
    {
        Assert.SkipWhen(usesFutex && !Futex.IsSupported, "This system has no futex.");
        var parker = new Parker(usesFutex);
        var ring = new RingBuffer<StampedEvent>(4, ProducerMode.Single);
        Agent[] agents = [new HandlerAgent<StampedEvent, Summing>("idle", default, HandlerFailurePolicy.Stop, 1, ring.AddConsumer(parker))];
        var strategy = new BackOffIdle(0, 0, 1);
        int step = 0;
        long least = Allocations.Least(() =>
        {
            for (int i = 0; i < 40; i++)
            {
                // Now and then a real sleep, for a millisecond.
                if (step++ % 8 != 0) parker.Unpark();
                strategy.Idle(parker, agents);
                strategy.Reset();
            }
        });
        Assert.Equal(0, least);
    }

    [Fact]
    public void Should_Broadcast_And_Read_Without_Allocating()
    {
        var ring = new BroadcastRing(4096, TestRecord.CellsByType);
        BroadcastReader reader = ring.AddGatingReader(new Parker());
        byte[] room = new byte[1024];
        int number = 0;
        Assert.Equal(0, Allocated(() =>
        {
            TestRecord.Write(ring.Claim(64), number++);
            TestRecord.Write(ring.Claim(128), number++);
            ring.Commit();
            while (reader.HasRecords()) reader.Read(room);
        }));
        Assert.Equal(ring.Position, reader.Position);
    }

    [Fact]
    public void Should_Measure_And_Digest_Without_Allocating()
    {
        var histogram = new LatencyHistogram();
        var digest = default(RecordDigest);
        var parker = new Parker();
        byte[] record = new byte[128];
        Assert.Equal(0, Allocated(() =>
        {
            histogram.Record(histogram.Count * 1000);
            digest.Add(record);
            parker.UnparkIfParked();
        }));
        Assert.True(histogram.Percentile(50) > 0);
    }

    private static long Allocated(Action step)
    {
        for (int i = 0; i < Warm; i++) step();
        return Allocations.Least(() =>
        {
            for (int i = 0; i < Events / 4; i++) step();
        });
    }

    private struct Summing : IBatchHandler<StampedEvent>, IEventHandler<StampedEvent>
    {
        public long Sum { get; private set; }

        public void OnBatch(ReadOnlySpan<StampedEvent> events, in BatchMark mark)
        {
            foreach (ref readonly StampedEvent value in events) Sum += value.Number;
        }

        public void OnEvent(in StampedEvent value, long sequence, bool endOfBatch) => Sum += value.Number;
    }
}
