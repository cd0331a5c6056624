using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

/// <summary>Joining, leaving, closing, and who may do what when.</summary>
/// <typeparam name="T">The event.</typeparam>
public abstract class RingMembershipTests<T>
    where T : unmanaged, ITestEvent
{
    [Theory]
    [InlineData(ProducerMode.Single)]
    [InlineData(ProducerMode.Multi)]
    public void Should_Show_A_Joiner_What_Comes_After_It(ProducerMode mode)
    {
        var ring = new RingBuffer<T>(8, mode);
        RingConsumer<T> old = ring.AddConsumer();
        Publish(ring, 3);
        RingConsumer<T> joiner = ring.Join();
        Assert.Equal(3, joiner.Next);
        Assert.False(joiner.HasEvents());
        Publish(ring, 2);
        Assert.Equal([3, 4], NumbersOf(joiner));
        Assert.Equal([0, 1, 2, 3, 4], NumbersOf(old));
    }

    [Theory]
    [InlineData(ProducerMode.Single)]
    [InlineData(ProducerMode.Multi)]
    public void Should_Make_A_Joiner_Wait_For_A_Claim_That_Is_Still_Being_Written(ProducerMode mode)
    {
        // If nobody waited for it, the next round of claims would give its slot to another writer.
        var ring = new RingBuffer<T>(4, mode);
        RingConsumer<T> old = ring.AddConsumer();
        Assert.True(ring.TryClaim(2, out long open));
        RingConsumer<T> joiner = ring.Join();
        old.Leave();
        Assert.False(ring.TryClaim(3, out _));
        Fill(ring, open, 2);
        ring.Publish(open, 2);
        Assert.Equal([0, 1], NumbersOf(joiner));
    }

    [Theory]
    [InlineData(ProducerMode.Single)]
    [InlineData(ProducerMode.Multi)]
    public void Should_Not_Lap_A_Claim_That_Is_Still_Being_Written_When_Nobody_Consumes(ProducerMode mode)
    {
        var ring = new RingBuffer<T>(4, mode);
        RingConsumer<T> old = ring.AddConsumer();
        Publish(ring, 3);
        old.Leave();
        Assert.True(ring.TryClaim(1, out long open));
        Assert.True(ring.TryClaim(3, out long later));
        Assert.False(ring.HasRoom(1));
        Assert.False(ring.TryClaim(1, out _));
        Fill(ring, open, 1);
        ring.Publish(open, 1);
        Assert.True(ring.HasRoom(1));
        Assert.True(ring.TryClaim(1, out long next));
        Assert.Equal((3, 4, 7), (open, later, next));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Should_Not_Give_Away_What_A_Joiner_Was_Promised_After_A_Look_At_An_Old_List(bool isWatched)
    {
        // A producer has read who is there, and is interrupted. Meanwhile one joins, and another producer and the old consumer go on.
        var ring = new RingBuffer<T>(4, ProducerMode.Multi);
        RingConsumer<T> old = ring.AddConsumer();
        Publish(ring, 4);
        NumbersOf(old);
        if (!isWatched) old.Leave();
        RingConsumer<T>? joiner = null;
        ring.LookedAtConsumers = () =>
        {
            ring.LookedAtConsumers = null;
            joiner = ring.Join();
            Publish(ring, 4);
            if (isWatched) NumbersOf(old);
        };
        Assert.False(ring.TryClaim(1, out _));
        Assert.Equal([4, 5, 6, 7], NumbersOf(joiner!));
        Publish(ring, 1);
    }

    [Fact]
    public void Should_Free_The_Room_That_A_Leaver_Held()
    {
        var ring = new RingBuffer<T>(2, ProducerMode.Single);
        RingConsumer<T> fast = ring.AddConsumer();
        RingConsumer<T> slow = ring.AddConsumer();
        Publish(ring, 2);
        NumbersOf(fast);
        Assert.False(ring.HasRoom(1));
        slow.Leave();
        Assert.Same(fast, Assert.Single(ring.Consumers));
        Assert.True(ring.HasRoom(2));
        Publish(ring, 2);
    }

    [Fact]
    public void Should_Show_A_Leaver_Nothing_More()
    {
        var ring = new RingBuffer<T>(4, ProducerMode.Single);
        RingConsumer<T> consumer = ring.AddConsumer();
        Publish(ring, 2);
        Assert.Equal(2, consumer.Poll(4).Length);
        consumer.Leave();
        consumer.Leave();
        Assert.False(consumer.HasEvents());
        Assert.Throws<InvalidOperationException>(() => consumer.Poll(4).Length);
    }

    [Fact]
    public void Should_Not_Let_One_Leave_Whom_Others_Follow()
    {
        var ring = new RingBuffer<T>(4, ProducerMode.Single);
        RingConsumer<T> front = ring.AddConsumer();
        RingConsumer<T> back = ring.AddConsumer(null, front);
        Assert.Throws<InvalidOperationException>(front.Leave);
        Publish(ring, 1);
        // It goes on as if nothing had been said.
        Assert.Equal([0], NumbersOf(front));
        Assert.Equal([0], NumbersOf(back));
        back.Leave();
        front.Leave();
        Assert.Empty(ring.Consumers);
    }

    [Fact]
    public void Should_Refuse_To_Follow_One_That_Has_Left()
    {
        var ring = new RingBuffer<T>(4, ProducerMode.Single);
        RingConsumer<T> left = ring.AddConsumer();
        left.Leave();
        Assert.Throws<ArgumentException>("after", () => ring.AddConsumer(null, left));
        Assert.Throws<ArgumentException>("after", () => ring.Join(null, left));
        Assert.Empty(ring.Consumers);
    }

    [Fact]
    public void Should_Let_A_Joiner_Follow_And_Be_Followed()
    {
        var ring = new RingBuffer<T>(8, ProducerMode.Single);
        RingConsumer<T> front = ring.AddConsumer();
        Publish(ring, 2);
        RingConsumer<T> middle = ring.Join(null, front);
        RingConsumer<T> back = ring.Join(null, middle);
        Publish(ring, 2);
        Assert.Empty(NumbersOf(middle));
        Assert.Equal([0, 1, 2, 3], NumbersOf(front));
        Assert.Empty(NumbersOf(back));
        Assert.Equal([2, 3], NumbersOf(middle));
        Assert.Equal([2, 3], NumbersOf(back));
    }

    [Theory]
    [InlineData(ProducerMode.Single)]
    [InlineData(ProducerMode.Multi)]
    public void Should_Take_No_Claim_After_The_Close_And_Still_Give_What_Was_Claimed(ProducerMode mode)
    {
        var ring = new RingBuffer<T>(8, mode);
        RingConsumer<T> consumer = ring.AddConsumer();
        Publish(ring, 2);
        Assert.True(ring.TryClaim(1, out long open));
        Assert.False(ring.IsClosed);
        ring.Close();
        ring.Close();
        Assert.True(ring.IsClosed);
        Assert.False(ring.TryClaim(1, out _));
        Assert.True(ring.HasRoom(1));
        Assert.Equal([0, 1], NumbersOf(consumer));
        Assert.False(consumer.IsDrained);
        Fill(ring, open, 1);
        ring.Publish(open, 1);
        Assert.Equal([2], NumbersOf(consumer));
        Assert.True(consumer.IsDrained);
        // One that joins now has nothing to come.
        Assert.True(ring.Join().IsDrained);
    }

    [Theory]
    [InlineData(ProducerMode.Single, 0)]
    [InlineData(ProducerMode.Single, -1)]
    [InlineData(ProducerMode.Single, 5)]
    [InlineData(ProducerMode.Single, int.MaxValue)]
    [InlineData(ProducerMode.Single, int.MinValue)]
    [InlineData(ProducerMode.Multi, 0)]
    [InlineData(ProducerMode.Multi, int.MaxValue)]
    public void Should_Refuse_A_Claim_That_Can_Never_Fit_Closed_Or_Not(ProducerMode mode, int count)
    {
        var ring = new RingBuffer<T>(4, mode);
        Assert.Throws<ArgumentOutOfRangeException>(nameof(count), () => ring.TryClaim(count, out _));
        ring.Close();
        Assert.Throws<ArgumentOutOfRangeException>(nameof(count), () => ring.TryClaim(count, out _));
        Assert.Equal(-1, ring.Cursor);
    }

    private static void Publish(RingBuffer<T> ring, int count)
    {
        Assert.True(ring.TryClaim(count, out long first));
        Fill(ring, first, count);
        ring.Publish(first, count);
    }

    private static void Fill(RingBuffer<T> ring, long first, int count)
    {
        for (int i = 0; i < count; i++) ring[first + i].Fill(0, first + i);
    }

    private static long[] NumbersOf(RingConsumer<T> consumer)
    {
        var numbers = new List<long>();
        while (consumer.HasEvents())
        {
            ReadOnlySpan<T> events = consumer.Poll(64);
            foreach (ref readonly T value in events) numbers.Add(value.Number);
            consumer.Advance(events.Length);
        }

        return [.. numbers];
    }
}

public sealed class SmallRingMembershipTests : RingMembershipTests<SmallEvent>;

public sealed class StampedRingMembershipTests : RingMembershipTests<StampedEvent>;
