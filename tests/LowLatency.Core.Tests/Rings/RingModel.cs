using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

/// <summary>A ring and its twin, led through the same steps; after each the two must agree.</summary>
/// <typeparam name="T">The event.</typeparam>
internal sealed class RingModel<T>
    where T : unmanaged, ITestEvent
{
    private const int MostConsumers = 12;

    private readonly RingBuffer<T> _ring;
    private readonly List<RingConsumer<T>> _consumers;
    private readonly RingTwin _twin;
    private readonly List<(long First, int Count)> _claims = [];

    public RingModel(ProducerMode mode, RingShape shape, int capacity)
    {
        _ring = new RingBuffer<T>(capacity, mode);
        _consumers = [.. _ring.AddConsumers(shape)];
        _twin = new RingTwin(capacity);
        foreach (int[] after in shape.After) _twin.Join(after);
    }

    public void Run(int[] steps)
    {
        foreach (int step in steps)
        {
            Take(Math.Abs(step % 32), Math.Abs(step >> 5));
            Assert.Equal(_twin.IsClosed, _ring.IsClosed);
            int count = 1 + Math.Abs(step % _ring.Capacity);
            Assert.Equal(_twin.IsClosed || _twin.HasRoom(count), _ring.HasRoom(count));
        }
    }

    private void Take(int kind, int amount)
    {
        switch (kind)
        {
            case < 12:
                Claim(1 + (amount % _ring.Capacity));
                break;
            case < 18:
                // Several producers publish in any order, a single one in the order of its claims.
                if (_claims.Count != 0) Publish(_ring.Mode == ProducerMode.Single ? 0 : amount % _claims.Count);
                break;
            case < 28:
                Consume(amount % _consumers.Count, amount / 7 % (_ring.Capacity + 2), amount / 97);
                break;
            case < 30:
                if (_consumers.Count < MostConsumers) Join(amount);
                break;
            case 30:
                Leave(amount % _consumers.Count);
                break;
            default:
                if (amount % 8 == 0) Close();
                break;
        }
    }

    private void Claim(int count)
    {
        bool expected = _twin.TryClaim(count, out long expectedFirst);
        Assert.Equal(expected, _ring.TryClaim(count, out long first));
        if (!expected) return;
        Assert.Equal(expectedFirst, first);
        for (long sequence = first; sequence < first + count; sequence++) _ring[sequence].Fill(0, NumberOf(sequence));
        _claims.Add((first, count));
    }

    private void Publish(int which)
    {
        (long first, int count) = _claims[which];
        _claims.RemoveAt(which);
        _ring.Publish(first, count);
        _twin.Publish(first, count);
    }

    private void Consume(int number, int limit, int handled)
    {
        RingConsumer<T> consumer = _consumers[number];
        if (_twin.HasLeft(number))
        {
            Assert.False(consumer.HasEvents());
            Assert.Throws<InvalidOperationException>(() => consumer.Poll(limit).Length);
            return;
        }

        long available = _twin.Available(number);
        long next = _twin.Position(number) + 1;
        Assert.Equal(available > 0, consumer.HasEvents());
        Assert.Equal(next, consumer.Next);
        ReadOnlySpan<T> events = consumer.Poll(limit);
        Assert.Equal(available > 0 && limit > 0, events.Length > 0);
        Assert.InRange(events.Length, 0, Math.Min(limit, available));
        for (int i = 0; i < events.Length; i++) Assert.Equal(NumberOf(next + i), events[i].Number);
        int count = handled % (events.Length + 1);
        consumer.Advance(count);
        _twin.Advance(number, count);
        Assert.Equal(_twin.Position(number), consumer.Position);
        Assert.Equal(_twin.IsClosed && consumer.Position == _twin.Claimed - 1, consumer.IsDrained);
    }

    private void Join(int amount)
    {
        int[] after = [.. Enumerable.Range(0, _consumers.Count).Where(c => (amount >> c & 3) == 3)];
        RingConsumer<T>[] first = [.. after.Select(a => _consumers[a])];
        if (after.Any(_twin.HasLeft))
        {
            Assert.Throws<ArgumentException>("after", () => _ring.Join(null, first));
            return;
        }

        _consumers.Add(_ring.Join(null, first));
        _twin.Join(after);
        Assert.Equal(_twin.Published, _consumers[^1].Next);
    }

    private void Leave(int number)
    {
        if (_twin.IsFollowed(number))
        {
            Assert.Throws<InvalidOperationException>(_consumers[number].Leave);
            return;
        }

        _consumers[number].Leave();
        _twin.Leave(number);
    }

    private void Close()
    {
        _ring.Close();
        _twin.Close();
    }

    private static long NumberOf(long sequence) => (sequence * 31) + 7;
}
