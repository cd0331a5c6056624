namespace LowLatency.Core.Agents;

/// <summary>What a runner's thread does when a duty cycle found no work. A struct, so that the loop is compiled for it.</summary>
public interface IIdleStrategy
{
    /// <summary>Called after each duty cycle without work.</summary>
    /// <param name="parker">Where the thread can sleep.</param>
    /// <param name="agents">The agents of the thread, to be asked before it sleeps.</param>
    void Idle(Parker parker, ReadOnlySpan<Agent> agents);

    /// <summary>Called after a duty cycle with work.</summary>
    void Reset();
}
