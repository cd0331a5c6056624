using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

/// <summary>One fixture for every kind of event.</summary>
/// <typeparam name="T">The event.</typeparam>
public abstract class RingBufferTests<T>
    where T : unmanaged, ITestEvent
{
    [Theory]
    [InlineData(ProducerMode.Single)]
    [InlineData(ProducerMode.Multi)]
    public void Should_Reject_When_Full(ProducerMode mode)
    {
        var ring = new RingBuffer<T>(4, mode);
        RingConsumer<T> consumer = ring.AddConsumer();
        Assert.True(ring.TryClaim(4, out long first));
        ring.Publish(first, 4);
        Assert.False(ring.TryClaim(1, out _));
        Assert.Equal(4, consumer.Poll(9).Length);
        consumer.Advance(1);
        Assert.True(ring.TryClaim(1, out first));
        Assert.Equal(4, first);
        Assert.False(ring.TryClaim(1, out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(5)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void Should_Refuse_A_Claim_That_Can_Never_Fit(int count)
    {
        var ring = new RingBuffer<T>(4, ProducerMode.Multi);
        Assert.Throws<ArgumentOutOfRangeException>(nameof(count), () => ring.TryClaim(count, out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(-8)]
    [InlineData(1 << 29)]
    public void Should_Refuse_A_Capacity_That_Is_No_Power_Of_Two_In_Range(int capacity) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(capacity), () => new RingBuffer<T>(capacity, ProducerMode.Single));

    [Theory]
    [InlineData(ProducerMode.Single)]
    [InlineData(ProducerMode.Multi)]
    public void Should_Refuse_A_Consumer_After_The_First_Claim(ProducerMode mode)
    {
        var ring = new RingBuffer<T>(4, mode);
        Assert.True(ring.TryClaim(1, out _));
        Assert.Throws<InvalidOperationException>(() => ring.AddConsumer());
    }

    [Fact]
    public void Should_Refuse_To_Follow_A_Consumer_Of_Another_Ring()
    {
        RingConsumer<T> stranger = new RingBuffer<T>(4, ProducerMode.Single).AddConsumer();
        Assert.Throws<ArgumentException>("after", () => new RingBuffer<T>(4, ProducerMode.Single).AddConsumer(null, stranger));
    }

    [Fact]
    public void Should_Keep_Its_Order_When_The_Callers_Array_Changes()
    {
        var ring = new RingBuffer<T>(4, ProducerMode.Single);
        RingConsumer<T>[] after = [ring.AddConsumer()];
        RingConsumer<T> second = ring.AddConsumer(null, after);
        after[0] = second;
        ring.TryClaim(1, out long first);
        ring.Publish(first, 1);
        Assert.True(second.Poll(1).IsEmpty);
    }

    [Fact]
    public void Should_Overwrite_Freely_When_There_Is_No_Consumer()
    {
        var ring = new RingBuffer<T>(2, ProducerMode.Single);
        for (int i = 0; i < 100; i++)
        {
            Assert.True(ring.TryClaim(1 + (i & 1), out long first));
            ring.Publish(first, 1 + (i & 1));
        }

        Assert.Equal(149, ring.Cursor);
    }

    [Fact]
    public void Should_Hide_What_Is_Behind_An_Unpublished_Claim()
    {
        var ring = new RingBuffer<T>(8, ProducerMode.Multi);
        RingConsumer<T> consumer = ring.AddConsumer();
        ring.TryClaim(2, out long slow);
        ring.TryClaim(3, out long fast);
        ring.Publish(fast, 3);
        Assert.False(consumer.HasEvents());
        Assert.True(consumer.Poll(8).IsEmpty);
        ring.Publish(slow, 2);
        Assert.Equal(5, consumer.Poll(8).Length);
    }

    [Theory]
    [InlineData(ProducerMode.Single)]
    [InlineData(ProducerMode.Multi)]
    public void Should_Go_On_Past_The_Range_Of_Int(ProducerMode mode)
    {
        // Sequences are longs, indexes and rounds ints: start just below the places where those overflow.
        foreach (long start in (long[])[int.MaxValue - 5L, uint.MaxValue - 5L, (1L << 33) - 6])
        {
            var ring = new RingBuffer<T>(2, mode);
            RingConsumer<T> consumer = ring.AddConsumer();
            ring.StartAt(start);
            for (long sequence = start; sequence < start + 16; sequence++)
            {
                Assert.True(ring.TryClaim(1, out long first));
                Assert.Equal(sequence, first);
                Assert.False(consumer.HasEvents());
                ring[first].Fill(0, sequence);
                ring.Publish(first, 1);
                Assert.Equal(sequence, consumer.Poll(2)[0].Number);
                consumer.Advance(1);
            }
        }
    }

    [Fact]
    public void Should_Refuse_A_Negative_Limit()
    {
        var ring = new RingBuffer<T>(4, ProducerMode.Single);
        RingConsumer<T> consumer = ring.AddConsumer();
        ring.TryClaim(1, out long first);
        ring.Publish(first, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => consumer.Poll(-1).Length);
        Assert.True(consumer.Poll(0).IsEmpty);
    }
}

public sealed class SmallRingBufferTests : RingBufferTests<SmallEvent>;

public sealed class LineRingBufferTests : RingBufferTests<StressEvent>;

public sealed class StampedRingBufferTests : RingBufferTests<StampedEvent>;
