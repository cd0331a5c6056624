using LowLatency.Storage.QuestDb;

namespace LowLatency.Storage.Tests.QuestDb;

/// <summary>Records in memory, with a cursor: what a journal is to the writer. Positions count batches.</summary>
internal sealed class ListSource(IEnumerable<byte[]> batches) : IRecordSource
{
    private readonly Lock _lock = new();
    private readonly List<byte[]> _batches = [.. batches];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _next;

    /// <summary>Batches that need not be read again.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Called after each acknowledgement.</summary>
    public Action OnAcknowledge { get; set; } = () => { };

    public void Add(byte[] batch)
    {
        lock (_lock)
        {
            _batches.Add(batch);
            _more.TrySetResult();
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>A source that begins where this one was acknowledged: what a writer has that is started anew.</summary>
    public ListSource FromAcknowledged()
    {
        lock (_lock) return new ListSource(_batches) { _next = (int)Acknowledged, Acknowledged = Acknowledged };
    }

    public ReadOnlySpan<byte> Next(out long position)
    {
        lock (_lock)
        {
            bool has = _next < _batches.Count;
            position = has ? _next + 1 : _next;
            return has ? _batches[_next++] : default;
        }
    }

    public void Acknowledge(long position)
    {
        lock (_lock)
        {
            if (position < Acknowledged) throw new InvalidOperationException($"{position} after {Acknowledged}");
            Acknowledged = position;
        }

        OnAcknowledge();
    }

    public Task WaitAsync(CancellationToken stop)
    {
        lock (_lock) return _next < _batches.Count ? Task.CompletedTask : _more.Task.WaitAsync(stop);
    }
}
