namespace LowLatency.Benchmarks.Lab;

/// <summary>A hundred tries, then the core is offered at each: for more threads than cores, as the Disruptor's YieldingWaitStrategy.</summary>
public struct YieldWaiting : IWaiting
{
    private const int Spins = 100;

    private int _tries;

    /// <inheritdoc/>
    public void Wait()
    {
        if (_tries < Spins) _tries++;
        else Thread.Yield();
    }

    /// <inheritdoc/>
    public void Reset() => _tries = 0;
}
