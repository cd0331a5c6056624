using LowLatency.Benchmarks.Lab;
using LowLatency.Core.Agents;
using LowLatency.Core.Rings;

namespace LowLatency.Benchmarks.Ours;

/// <summary>The loops of threads around the ring: every use of it by the experiments is here or in the file of a graph.</summary>
internal static class RingLoops
{
    /// <summary>The most events that a poll returns.</summary>
    public const int PollLimit = 1024;

    /// <summary>Publishes events one by one.</summary>
    public static void Produce<TWait>(RingBuffer<LabEvent> ring, long first, long count, long producer = 0)
        where TWait : struct, IWaiting
    {
        TWait waiting = default;
        for (long i = first; i < first + count; i++)
        {
            long sequence;
            while (!ring.TryClaim(1, out sequence)) waiting.Wait();
            waiting.Reset();
            ref LabEvent slot = ref ring[sequence];
            slot.Sequence = i;
            slot.Value = LabEvent.ValueOf(i);
            slot.IntendedNs = 0;
            slot.Producer = producer;
            ring.Publish(sequence, 1);
        }
    }

    /// <summary>Publishes events in batches; the count is a multiple of the batch.</summary>
    public static void ProduceBatches<TWait>(RingBuffer<LabEvent> ring, long first, long count, int batch)
        where TWait : struct, IWaiting
    {
        TWait waiting = default;
        for (long i = first; i < first + count; i += batch)
        {
            long sequence;
            while (!ring.TryClaim(batch, out sequence)) waiting.Wait();
            waiting.Reset();
            for (int k = 0; k < batch; k++)
            {
                ref LabEvent slot = ref ring[sequence + k];
                slot.Sequence = i + k;
                slot.Value = LabEvent.ValueOf(i + k);
                slot.IntendedNs = 0;
                slot.Producer = 0;
            }

            ring.Publish(sequence, batch);
        }
    }

    /// <summary>Takes events until a number of them has come.</summary>
    public static Tally Consume<TWait>(RingConsumer<LabEvent> consumer, long first, long count)
        where TWait : struct, IWaiting
    {
        TWait waiting = default;
        var tally = new Tally(first);
        for (long left = count; left > 0;)
        {
            ReadOnlySpan<LabEvent> events = consumer.Poll(PollLimit);
            if (events.IsEmpty)
            {
                waiting.Wait();
                continue;
            }

            waiting.Reset();
            foreach (ref readonly LabEvent taken in events) tally.Take(taken);
            consumer.Advance(events.Length);
            left -= events.Length;
        }

        return tally;
    }

    /// <summary>Runs an agent's duty cycles until it has taken a number of events.</summary>
    public static void Work<TWait>(Agent agent, long count)
        where TWait : struct, IWaiting
    {
        TWait waiting = default;
        for (long left = count; left > 0;)
        {
            int work = agent.DoWork();
            left -= work;
            if (work == 0) waiting.Wait();
            else waiting.Reset();
        }
    }
}
