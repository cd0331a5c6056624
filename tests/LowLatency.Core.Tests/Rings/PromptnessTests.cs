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
                // The consumer waits for each publication: only then does it learn of it by its stamp.
                for (int tries = 1; consumer.Position + 1 < (long)round * Batch; tries++)
                {
                    if (tries % 1000 == 0) Thread.Yield();
                }

                Assert.True(ring.TryClaim(Batch, out long first));
                ring.Publish(first, Batch);
                Volatile.Write(ref published.Value, first + Batch);
            }
        }) { IsBackground = true };
        producer.Start();
        int missed = 0;
        int empty = 0;
        while (consumer.Position + 1 < (long)Rounds * Batch)
        {
            long there = Volatile.Read(ref published.Value);
            int polled = consumer.Poll(1).Length;
            if (polled == 0 && consumer.Next < there) missed++;
            if (polled == 0 && ++empty % 1000 == 0) Thread.Yield();
            if (missed > 1000) break;
            consumer.Advance(polled);
        }

        Assert.Equal(0, missed);
        producer.Join();
    }
}
