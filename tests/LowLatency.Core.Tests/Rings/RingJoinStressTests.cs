using LowLatency.Core.Agents;
using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

/// <summary>
/// One that joins and stands still: producers must come up to its place, or somebody sleeps who was not woken, and never go beyond, or somebody gave away
/// room from an old list of consumers.
/// </summary>
[Collection("Threads")]
public sealed class RingJoinStressTests
{
    private const int Capacity = 4;
    private const int ForeverMs = 600_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly StressFailure _failure = new();
    private volatile bool _over;

    [Theory]
    [InlineData(ProducerMode.Single, 1, 100)]
    [InlineData(ProducerMode.Multi, 2, 100)]
    public void Should_Let_Producers_Come_Up_To_A_Joiner_And_No_Further(ProducerMode mode, int producers, int joins) => Run(mode, producers, joins);

    [Theory]
    [InlineData(ProducerMode.Single, 1, 1_000)]
    [InlineData(ProducerMode.Multi, 2, 2_000)]
    [Trait("Category", "Long")]
    public void Should_Let_Producers_Come_Up_To_Many_Joiners_And_No_Further(ProducerMode mode, int producers, int joins) => Run(mode, producers, joins);

    private void Run(ProducerMode mode, int producers, int joins)
    {
        var ring = new RingBuffer<StampedEvent>(Capacity, mode);
        // With many consumers a joiner takes its time to be wired, and a producer can fall asleep meanwhile. With one a producer spends most of a look
        // between the list and the first position, and is likely to be interrupted there.
        RingConsumer<StampedEvent>[] consumers = [.. Enumerable.Range(0, producers == 1 ? 16 : 1).Select(_ => ring.AddConsumer())];
        Thread[] threads =
        [
            _failure.Start(() => Consume(consumers)),
            // One sleeps when it finds no room, the others ask again and again.
            _failure.Start(() => Produce(ring, new BlockingIdle(ForeverMs))),
            .. Enumerable.Range(1, producers - 1).Select(_ => _failure.Start(() => Produce(ring, default(BusySpinIdle)))),
        ];
        for (int i = 0; i < joins && _failure.Text is null; i++)
        {
            RingConsumer<StampedEvent> joiner = ring.Join();
            long gate = joiner.Position + Capacity;
            // Stays on its core for a while: a producer that was interrupted for it, with an old list in its hands, comes back when the others have gone on.
            for (int spins = 0; spins < 100_000 && consumers[0].Position < gate; spins++) Processor.Pause();
            if (!SpinWait.SpinUntil(() => ring.Cursor >= gate || _failure.Text is not null, Patience)) _failure.Text = "A producer sleeps though there is room.";
            // Whoever was interrupted with an old list in its hands gets its turn.
            for (int turn = 0; turn < 20; turn++) Thread.Yield();
            if (ring.Cursor > gate) _failure.Text = $"Sequence {ring.Cursor} was claimed though a joiner stands at {joiner.Position}.";
            joiner.Leave();
        }

        _over = true;
        ring.Close();
        foreach (Thread thread in threads) Assert.True(thread.Join(Patience), _failure.Text ?? "A thread did not come to its end.");
        Assert.Null(_failure.Text);
    }

    private static void Produce<TIdle>(RingBuffer<StampedEvent> ring, TIdle idle)
        where TIdle : struct, IIdleStrategy
    {
        var producer = new RingProducer<StampedEvent, TIdle>(ring, idle, new Parker());
        while (producer.Claim(1, out long first))
        {
            ring[first].Fill(0, first);
            ring.Publish(first, 1);
        }
    }

    private void Consume(RingConsumer<StampedEvent>[] consumers)
    {
        while (!_over)
        {
            foreach (RingConsumer<StampedEvent> consumer in consumers)
            {
                int count = consumer.Poll(Capacity).Length;
                if (count == 0 && consumers.Length == 1) Thread.Yield();
                // Nothing to free is nothing to say: it would wake the producer whom a joiner has to wake.
                if (count != 0) consumer.Advance(count);
            }
        }
    }
}
