using LowLatency.Core.Memory;
using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

public sealed class PromptnessTests
{
    private const int Rounds = 200_000;
    private const int Batch = 2;

    [Theory]
    [InlineData(ProducerMode.Single)]
    [InlineData(ProducerMode.Multi)]
    public void Should_Show_Everything_That_Is_Published_At_The_Next_Poll(ProducerMode mode)
    {
        // Whoever drains a ring polls until nothing comes: so an empty poll must mean that nothing is published, also just after an event was handed
        // over by its stamp, before the cursor of its publication had come.
        var ring = new RingBuffer<StampedEvent>(64, mode);
        RingConsumer<StampedEvent> consumer = ring.AddConsumer().WithPacing(0);
        PaddedLong published = default;
        var producer = new Thread(() =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                long first;
                while (!ring.TryClaim(Batch, out first)) Thread.Yield();
                ring.Publish(first, Batch);
                Volatile.Write(ref published.Value, first + Batch);
            }
        }) { IsBackground = true };
        producer.Start();
        int missed = 0;
        while (consumer.Position + 1 < (long)Rounds * Batch)
        {
            long there = Volatile.Read(ref published.Value);
            int polled = consumer.Poll(1).Length;
            if (polled == 0 && consumer.Next < there) missed++;
            if (polled == 0) Thread.Yield();
            consumer.Advance(polled);
        }

        producer.Join();
        Assert.Equal(0, missed);
    }
}
