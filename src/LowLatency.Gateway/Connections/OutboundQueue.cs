using System.Collections.Concurrent;

namespace LowLatency.Gateway.Connections;

/// <summary>The way of one client's batches from the fanout, which never waits, to the client's send loop, which waits for its socket.</summary>
/// <param name="closeTimeoutMs">How long sending may go on after <see cref="End"/>, in milliseconds.</param>
internal sealed class OutboundQueue(int closeTimeoutMs) : IDisposable
{
    private readonly CancellationTokenSource _abort = new();
    private readonly Lock _ending = new();
    private readonly ConcurrentQueue<OutboundBatch> _batches = new();
    private readonly SendSignal _signal = new();
    private long _bytes;
    private int _count;
    private CloseRequest? _close;
    private bool _disposed;

    /// <summary>Bytes that wait, the batch being sent included.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Batches that wait, the one being sent included.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How the connection is to end once the queue is empty; null while it goes on.</summary>
    public CloseRequest? Close => Volatile.Read(ref _close);

    /// <summary>Hands a sealed batch over. The fanout's thread.</summary>
    public void Enqueue(OutboundBatch batch)
    {
        Interlocked.Add(ref _bytes, batch.Length);
        Interlocked.Increment(ref _count);
        _batches.Enqueue(batch);
        _signal.Set();
    }

    /// <summary>Is cancelled when the connection has to end at once.</summary>
    public CancellationToken Aborted => _abort.Token;

    /// <summary>Ends the queue: what it holds is still sent, then the connection is closed, and aborted when that takes too long. The first call counts. Any thread.</summary>
    public void End(CloseRequest request)
    {
        lock (_ending)
        {
            if (_close is not null) return;
            Volatile.Write(ref _close, request);
            if (!_disposed) _abort.CancelAfter(closeTimeoutMs);
        }

        _signal.Set();
    }

    /// <summary>Ends the connection at once. Any thread.</summary>
    public void Abort()
    {
        lock (_ending)
        {
            if (!_disposed) _abort.CancelAfter(0);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_ending)
        {
            _disposed = true;
            _abort.Dispose();
        }
    }

    /// <summary>The next batch to be sent. The send loop's.</summary>
    public bool TryDequeue(out OutboundBatch? batch) => _batches.TryDequeue(out batch);

    /// <summary>Says that a batch has been sent. The send loop's.</summary>
    public void Sent(OutboundBatch batch)
    {
        Interlocked.Add(ref _bytes, -batch.Length);
        Interlocked.Decrement(ref _count);
    }

    /// <summary>Waits for a batch or the end. The send loop's.</summary>
    public ValueTask WaitAsync() => _signal.WaitAsync();
}
