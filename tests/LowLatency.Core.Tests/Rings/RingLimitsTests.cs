using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

/// <summary>Sequences are longs, indexes and rounds ints: nothing may happen where those overflow, and what happens at the very end is known.</summary>
/// <typeparam name="T">The event.</typeparam>
public abstract class RingLimitsTests<T>
    where T : unmanaged, ITestEvent
{
    [Theory]
    [MemberData(nameof(RingPlaces.All), MemberType = typeof(RingPlaces))]
    public void Should_Carry_Every_Event_Across_An_Edge(ProducerMode mode, int capacity, long start)
    {
        var ring = new RingBuffer<T>(capacity, mode);
        RingConsumer<T> front = ring.AddConsumer();
        RingConsumer<T> back = ring.AddConsumer(null, front);
        ring.StartAt(start);
        Assert.False(front.HasEvents());
        var random = new Random(1);
        long next = start;
        RingConsumer<T>? joiner = null;
        while (next < start + (3 * capacity))
        {
            int count = 1 + random.Next(capacity);
            Assert.Equal(next - 1 + count <= back.Position + capacity, ring.HasRoom(count));
            if (ring.TryClaim(count, out long first))
            {
                Assert.Equal(next, first);
                for (int i = 0; i < count; i++) ring[first + i].Fill(0, first + i);
                ring.Publish(first, count);
                next += count;
            }

            Drain(front);
            if (random.Next(2) == 0) Drain(back);
            joiner ??= ring.Join();
            Drain(joiner);
        }

        Drain(back);
        Assert.Equal((next - 1, next - 1, next - 1), (front.Position, back.Position, joiner!.Position));
    }

    [Theory]
    [InlineData(ProducerMode.Single)]
    [InlineData(ProducerMode.Multi)]
    public void Should_Refuse_Every_Claim_Behind_The_Last_Sequence(ProducerMode mode)
    {
        var ring = new RingBuffer<T>(8, mode);
        RingConsumer<T> consumer = ring.AddConsumer();
        ring.StartAt(RingPlaces.LastSequence - 7);
        Assert.True(ring.TryClaim(8, out long first));
        for (int i = 0; i < 8; i++) ring[first + i].Fill(0, first + i);
        ring.Publish(first, 8);
        Drain(consumer);
        Assert.Equal(RingPlaces.LastSequence, consumer.Position);
        for (int count = 1; count <= 8; count++)
        {
            Assert.False(ring.TryClaim(count, out _));
            Assert.False(ring.HasRoom(count));
        }
    }

    private static void Drain(RingConsumer<T> consumer)
    {
        while (consumer.HasEvents())
        {
            long sequence = consumer.Next;
            ReadOnlySpan<T> events = consumer.Poll(int.MaxValue);
            foreach (ref readonly T value in events) Assert.Equal(sequence++, value.Number);
            consumer.Advance(events.Length);
        }
    }
}

public sealed class SmallRingLimitsTests : RingLimitsTests<SmallEvent>;

public sealed class StampedRingLimitsTests : RingLimitsTests<StampedEvent>;
