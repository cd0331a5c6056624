using FsCheck;
using FsCheck.Fluent;
using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

public sealed class RingModelTests
{
    private static readonly Arbitrary<int[]> Steps =
        Arb.From(Gen.Choose(0, 1 << 24).ArrayOf(300), ArbMap.Default.ArbFor<int[]>().Shrinker);

    [Theory]
    [CombinatorialRings]
    public void Should_Do_What_A_Queue_Does(ProducerMode mode, RingShape shape, int capacity) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60).WithQuietOnSuccess(true), Prop.ForAll(Steps, steps => Run(mode, shape, capacity, steps)));

    private static void Run(ProducerMode mode, RingShape shape, int capacity, int[] steps)
    {
        var ring = new RingBuffer<long>(capacity, mode);
        RingConsumer<long>[] consumers = ring.AddConsumers(shape);
        var twin = new RingTwin(capacity, shape);
        var claims = new List<(long First, int Count)>();
        foreach (int step in steps)
        {
            int amount = Math.Abs(step >> 3);
            switch (Math.Abs(step % 5))
            {
                case 0:
                case 1:
                    Claim(ring, twin, claims, 1 + (amount % capacity));
                    break;
                case 2:
                    // Several producers publish in any order, a single one in the order of its claims.
                    if (claims.Count != 0) Publish(ring, twin, claims, mode == ProducerMode.Single ? 0 : amount % claims.Count);
                    break;
                default:
                    Consume(consumers[amount % consumers.Length], twin, amount % consumers.Length, amount / 7 % (capacity + 2), amount / 97);
                    break;
            }
        }
    }

    private static void Claim(RingBuffer<long> ring, RingTwin twin, List<(long First, int Count)> claims, int count)
    {
        bool expected = twin.TryClaim(count, out long expectedFirst);
        Assert.Equal(expected, ring.TryClaim(count, out long first));
        if (!expected) return;
        Assert.Equal(expectedFirst, first);
        for (long sequence = first; sequence < first + count; sequence++) ring[sequence] = ValueOf(sequence);
        claims.Add((first, count));
    }

    private static void Publish(RingBuffer<long> ring, RingTwin twin, List<(long First, int Count)> claims, int which)
    {
        (long first, int count) = claims[which];
        claims.RemoveAt(which);
        ring.Publish(first, count);
        twin.Publish(first, count);
    }

    private static void Consume(RingConsumer<long> consumer, RingTwin twin, int number, int limit, int handled)
    {
        long available = twin.Available(number);
        long next = twin.Position(number) + 1;
        Assert.Equal(available > 0, consumer.HasEvents());
        Assert.Equal(next, consumer.Next);
        ReadOnlySpan<long> events = consumer.Poll(limit);
        Assert.Equal(available > 0 && limit > 0, events.Length > 0);
        Assert.InRange(events.Length, 0, Math.Min(limit, available));
        for (int i = 0; i < events.Length; i++) Assert.Equal(ValueOf(next + i), events[i]);
        int count = handled % (events.Length + 1);
        consumer.Advance(count);
        twin.Advance(number, count);
        Assert.Equal(twin.Position(number), consumer.Position);
    }

    private static long ValueOf(long sequence) => (sequence * 31) + 7;
}
