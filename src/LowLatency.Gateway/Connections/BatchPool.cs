using System.Collections.Concurrent;

namespace LowLatency.Gateway.Connections;

/// <summary>Batches to be used again. The fanout rents, the send loops return; neither waits.</summary>
internal sealed class BatchPool
{
    private const int MaxKept = 512;

    private readonly ConcurrentQueue<OutboundBatch> _free = new();
    private int _kept;

    /// <summary>An empty batch.</summary>
    public OutboundBatch Rent()
    {
        if (!_free.TryDequeue(out OutboundBatch? batch)) return new OutboundBatch();
        Interlocked.Decrement(ref _kept);
        return batch;
    }

    /// <summary>Gives a batch back; one that has grown large, or one too many, is left to the collector.</summary>
    /// <param name="batch">The batch; not to be touched any more.</param>
    public void Return(OutboundBatch batch)
    {
        if (batch.Capacity > OutboundBatch.FullBytes * 2) return;
        if (Interlocked.Increment(ref _kept) > MaxKept)
        {
            Interlocked.Decrement(ref _kept);
            return;
        }

        batch.Clear();
        _free.Enqueue(batch);
    }
}
