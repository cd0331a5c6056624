namespace LowLatency.Core.Agents;

/// <summary>Never gives the core away: the lowest latency, one core at 100%.</summary>
public struct BusySpinIdle : IIdleStrategy
{
    /// <inheritdoc/>
    public readonly void Idle(Parker parker, ReadOnlySpan<Agent> agents) => Processor.Pause();

    /// <inheritdoc/>
    public readonly void Reset()
    {
    }
}
