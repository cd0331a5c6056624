using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Peers.Queues;

/// <summary>The loops of threads around queues; the same as those around the ring, but that every event is copied in and out.</summary>
internal static class QueueLoops
{
    /// <summary>Writes events one by one into every queue.</summary>
    public static void Produce<TQueue, TWait>(TQueue[] queues, long first, long count, long producer = 0)
        where TQueue : struct, IEventQueue
        where TWait : struct, IWaiting
    {
        for (long i = first; i < first + count; i++)
        {
            var sent = new LabEvent { Sequence = i, Value = LabEvent.ValueOf(i), Producer = producer };
            foreach (TQueue queue in queues) Write<TQueue, TWait>(queue, sent);
        }
    }

    /// <summary>Takes events until a number of them has come, and passes them on.</summary>
    /// <param name="queue">Where they come from.</param>
    /// <param name="next">Where they go; null for the last stage.</param>
    /// <param name="first">The first sequence.</param>
    /// <param name="count">How many.</param>
    public static Tally Consume<TQueue, TWait>(TQueue queue, TQueue? next, long first, long count)
        where TQueue : struct, IEventQueue
        where TWait : struct, IWaiting
    {
        var tally = new Tally(first);
        for (long left = count; left > 0; left--)
        {
            LabEvent taken = Read<TQueue, TWait>(queue);
            tally.Take(taken);
            if (next is { } following) Write<TQueue, TWait>(following, taken);
        }

        return tally;
    }

    /// <summary>Writes an event, waiting for room.</summary>
    public static void Write<TQueue, TWait>(TQueue queue, in LabEvent sent)
        where TQueue : struct, IEventQueue
        where TWait : struct, IWaiting
    {
        TWait waiting = default;
        while (!queue.TryWrite(sent)) waiting.Wait();
    }

    /// <summary>Takes an event, waiting for one.</summary>
    public static LabEvent Read<TQueue, TWait>(TQueue queue)
        where TQueue : struct, IEventQueue
        where TWait : struct, IWaiting
    {
        TWait waiting = default;
        LabEvent taken;
        while (!queue.TryRead(out taken)) waiting.Wait();
        return taken;
    }
}
