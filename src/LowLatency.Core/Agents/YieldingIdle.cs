namespace LowLatency.Core.Agents;

/// <summary>Spins a hundred times, then offers the core to other threads at each turn; still one core at 100% when nobody wants it.</summary>
public struct YieldingIdle : IIdleStrategy
{
    private const int Spins = 100;

    private int _idle;

    /// <inheritdoc/>
    public void Idle(Parker parker, ReadOnlySpan<Agent> agents)
    {
        if (_idle < Spins)
        {
            _idle++;
            Processor.Pause();
        }
        else
        {
            Thread.Yield();
        }
    }

    /// <inheritdoc/>
    public void Reset() => _idle = 0;
}
