namespace LowLatency.Core.Agents;

/// <summary>
/// Parks at once, until something is published or the timeout is over: next to no CPU, and each event that comes to an idle thread pays for a wake-up.
/// </summary>
/// <param name="timeoutMs">The longest park, in milliseconds, at least 1; also how late a timer of an idle agent can be.</param>
public readonly struct BlockingIdle(int timeoutMs) : IIdleStrategy
{
    /// <inheritdoc/>
    public void Idle(Parker parker, ReadOnlySpan<Agent> agents) => parker.Park(agents, AgentTimers.UntilDueMs(agents, timeoutMs));

    /// <inheritdoc/>
    public void Reset()
    {
    }
}
