using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

/// <summary>
/// Threads on one ring: every consumer must see every event of every producer once, whole, in the producer's order, and no event before the
/// consumers in front of it are done with it.
/// </summary>
/// <typeparam name="T">The event.</typeparam>
internal sealed class RingStress<T>
    where T : unmanaged, ITestEvent
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly RingBuffer<T> _ring;
    private readonly RingConsumer<T>[] _consumers;
    private readonly RingShape _shape;
    private readonly int _producers;
    private readonly int _perProducer;

    // For each consumer and slot the last sequence it was done with: written with plain stores, so that only the ring's own ordering makes it visible.
    private readonly long[][] _stamps;
    private volatile string? _failure;

    public RingStress(int capacity, int producers, RingShape shape, int perProducer)
    {
        _ring = new RingBuffer<T>(capacity, producers == 1 ? ProducerMode.Single : ProducerMode.Multi);
        _shape = shape;
        _consumers = _ring.AddConsumers(shape);
        _producers = producers;
        _perProducer = perProducer;
        _stamps = [.. shape.After.Select(_ => Enumerable.Repeat(-1L, capacity).ToArray())];
    }

    public void Run()
    {
        var threads = new List<Thread>();
        for (int i = 0; i < _producers; i++)
        {
            int producer = i;
            threads.Add(Guarded(() => Produce(producer)));
        }

        for (int i = 0; i < _consumers.Length; i++)
        {
            int consumer = i;
            threads.Add(Guarded(() => Consume(consumer)));
        }

        foreach (Thread thread in threads)
        {
            thread.IsBackground = true;
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            if (!thread.Join(Patience)) _failure ??= "A thread did not come to its end.";
        }

        Assert.Null(_failure);
    }

    private Thread Guarded(Action body) => new(() =>
    {
        try
        {
            body();
        }
        catch (Exception thrown)
        {
            _failure = thrown.ToString();
        }
    });

    private void Produce(int producer)
    {
        var random = new Random(producer);
        var wait = default(SpinWait);
        for (int number = 0; number < _perProducer && _failure is null;)
        {
            int count = Math.Min(1 + random.Next(Math.Min(_ring.Capacity, 16)), _perProducer - number);
            if (!_ring.TryClaim(count, out long first))
            {
                wait.SpinOnce(-1);
                continue;
            }

            wait.Reset();
            for (int i = 0; i < count; i++) _ring[first + i].Fill(producer, number + i);
            if (_producers > 1) Stall(random);
            _ring.Publish(first, count);
            number += count;
            Stall(random);
        }
    }

    private void Consume(int index)
    {
        RingConsumer<T> consumer = _consumers[index];
        var random = new Random(100 + index);
        var wait = default(SpinWait);
        var next = new long[_producers];
        long left = (long)_producers * _perProducer;
        while (left > 0 && _failure is null)
        {
            ReadOnlySpan<T> events = consumer.Poll(1 + random.Next(32));
            if (events.IsEmpty)
            {
                wait.SpinOnce(-1);
                continue;
            }

            wait.Reset();
            Stall(random);
            int handled = 1 + random.Next(events.Length);
            for (int i = 0; i < handled; i++) Verify(index, consumer.Next + i, in events[i], next);
            consumer.Advance(handled);
            left -= handled;
        }

        if (_failure is null && consumer.HasEvents()) _failure = $"Consumer {index} has events left.";
    }

    private void Verify(int index, long sequence, in T found, long[] next)
    {
        int slot = (int)(sequence & (_ring.Capacity - 1));
        if (!found.IsWhole()) _failure = $"Consumer {index}: the event of sequence {sequence} is torn.";
        else if (found.Number != next[found.Producer]++) _failure = $"Consumer {index}: sequence {sequence} is number {found.Number} of producer {found.Producer}.";
        foreach (int before in _shape.After[index])
        {
            if (_stamps[before][slot] != sequence) _failure = $"Consumer {index} saw sequence {sequence} before consumer {before} was done with it.";
        }

        _stamps[index][slot] = sequence;
    }

    private static void Stall(Random random)
    {
        int dice = random.Next(1024);
        if (dice == 0) Thread.Yield();
        else if (dice < 8) Thread.SpinWait(50);
    }
}
