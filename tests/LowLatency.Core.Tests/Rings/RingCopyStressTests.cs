using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

/// <summary>
/// Whole events are copied from ring to ring, stamps and all, at the same sequences. A stamp that meant something to the second ring would publish the
/// event before its producer does, and while it is still being written.
/// </summary>
[Collection("Threads")]
public sealed class RingCopyStressTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Should_Not_Take_A_Copied_Stamp_For_Its_Own()
    {
        var from = new RingBuffer<StampedEvent>(8, ProducerMode.Single);
        var to = new RingBuffer<StampedEvent>(8, ProducerMode.Multi);
        RingConsumer<StampedEvent> input = from.AddConsumer();
        RingConsumer<StampedEvent> output = to.AddConsumer();
        for (long number = 0; number < 100; number++)
        {
            from.TryClaim(1, out long first);
            from[first].Fill(0, number);
            from.Publish(first, 1);
            to.TryClaim(1, out long second);
            to[second] = input.Poll(1)[0];
            input.Advance(1);
            Assert.Equal(first, second);
            Assert.False(output.HasEvents());
            to.Publish(second, 1);
            Assert.Equal(number, output.Poll(1)[0].Number);
            output.Advance(1);
        }
    }

    [Theory]
    [InlineData(50_000)]
    public void Should_Copy_Through_Three_Rings_Without_Publishing_Early(int events) => Copy(events);

    [Theory]
    [InlineData(5_000_000)]
    [Trait("Category", "Long")]
    public void Should_Copy_Many_Events_Through_Three_Rings(int events) => Copy(events);

    private static void Copy(int events)
    {
        var failure = new StressFailure();
        RingBuffer<StampedEvent>[] rings = [.. Enumerable.Range(0, 3).Select(_ => new RingBuffer<StampedEvent>(32, ProducerMode.Single))];
        RingConsumer<StampedEvent>[] consumers = [.. rings.Select(ring => ring.AddConsumer())];

        // How far each ring has been published: what a consumer sees beyond that was published by nobody.
        long[] published = [-1, -1, -1];
        Thread[] threads =
        [
            failure.Start(() => Fill(rings[0], events, published, failure)),
            failure.Start(() => Pass(consumers[0], 0, rings[1], events, published, failure)),
            failure.Start(() => Pass(consumers[1], 1, rings[2], events, published, failure)),
            failure.Start(() => Pass(consumers[2], 2, null, events, published, failure)),
        ];
        foreach (Thread thread in threads) Assert.True(thread.Join(Patience), failure.Text ?? "A thread did not come to its end.");
        Assert.Null(failure.Text);
    }

    private static void Fill(RingBuffer<StampedEvent> ring, int events, long[] published, StressFailure failure)
    {
        var random = new Random(1);
        var wait = default(SpinWait);
        for (int number = 0; number < events && failure.Text is null;)
        {
            int count = Math.Min(1 + random.Next(8), events - number);
            if (!ring.TryClaim(count, out long first))
            {
                wait.SpinOnce(-1);
                continue;
            }

            wait.Reset();
            for (int i = 0; i < count; i++) ring[first + i].Fill(7, number + i);
            Stall.AtRandom(random);
            Volatile.Write(ref published[0], first + count - 1);
            ring.Publish(first, count);
            number += count;
        }
    }

    private static void Pass(RingConsumer<StampedEvent> input, int index, RingBuffer<StampedEvent>? output, int events, long[] published, StressFailure failure)
    {
        var random = new Random(2 + index);
        var wait = default(SpinWait);
        for (long next = 0; next < events && failure.Text is null;)
        {
            ReadOnlySpan<StampedEvent> found = input.Poll(8);
            long first = 0;
            if (found.IsEmpty || (output is not null && !output.TryClaim(found.Length, out first)))
            {
                wait.SpinOnce(-1);
                continue;
            }

            wait.Reset();
            if (next + found.Length - 1 > Volatile.Read(ref published[index])) failure.Text = $"Ring {index} gave sequence {next} before anybody published it.";
            for (int i = 0; i < found.Length; i++)
            {
                if (!found[i].IsWhole() || found[i].Number != next + i) failure.Text = $"Ring {index} gave number {found[i].Number} at sequence {next + i}, torn or not whole.";
                if (output is not null) output[first + i] = found[i];
            }

            if (output is not null)
            {
                Stall.AtRandom(random);
                Volatile.Write(ref published[index + 1], first + found.Length - 1);
                output.Publish(first, found.Length);
            }

            next += found.Length;
            input.Advance(found.Length);
        }
    }
}
