using System.Threading.Tasks.Sources;

namespace LowLatency.Gateway.Connections;

/// <summary>
/// Wakes one send loop. Setting it is one exchange, and allocates nothing; the loop goes on on the thread pool, never on the thread that sets it.
/// </summary>
internal sealed class SendSignal : IValueTaskSource
{
    private const int Idle = 0;
    private const int Signalled = 1;
    private const int Waiting = 2;

    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private int _state;

    /// <summary>Wakes the loop, or lets its next wait end at once. Any thread.</summary>
    public void Set()
    {
        if (Interlocked.Exchange(ref _state, Signalled) == Waiting) _core.SetResult(true);
    }

    /// <summary>Waits until <see cref="Set"/> is called, or has been since the last wait ended. One waiter.</summary>
    public ValueTask WaitAsync()
    {
        _core.Reset();
        if (Interlocked.CompareExchange(ref _state, Waiting, Idle) == Idle) return new ValueTask(this, _core.Version);
        Interlocked.Exchange(ref _state, Idle);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    /// <inheritdoc/>
    void IValueTaskSource.GetResult(short token)
    {
        _core.GetResult(token);
        // A full fence: what was enqueued before a Set that came in between is seen by the loop, which looks at its queue after this.
        Interlocked.Exchange(ref _state, Idle);
    }
}
