using System.Diagnostics;

namespace LowLatency.Core.Agents;

/// <summary>
/// Spins, then yields, then parks until something is published or the park time is over: the default, which leaves an idle machine idle.
/// </summary>
/// <param name="spinNs">How long to spin after the last work, in nanoseconds.</param>
/// <param name="yieldNs">How long to yield after that, in nanoseconds.</param>
/// <param name="parkMs">The longest park, in milliseconds; also how late a timer of an idle agent can be.</param>
public struct BackOffIdle(long spinNs, long yieldNs, int parkMs) : IIdleStrategy
{
    private readonly long _spinTicks = spinNs * Stopwatch.Frequency / 1_000_000_000;
    private readonly long _yieldTicks = (spinNs + yieldNs) * Stopwatch.Frequency / 1_000_000_000;
    private long _idleSince;

    /// <inheritdoc/>
    public void Idle(Parker parker, ReadOnlySpan<Agent> agents)
    {
        long now = Stopwatch.GetTimestamp();
        if (_idleSince == 0) _idleSince = now;
        long idle = now - _idleSince;
        if (idle < _spinTicks) Thread.SpinWait(8);
        else if (idle < _yieldTicks) Thread.Yield();
        else parker.Park(agents, UntilDueMs(agents));
    }

    /// <inheritdoc/>
    public void Reset() => _idleSince = 0;

    private readonly int UntilDueMs(ReadOnlySpan<Agent> agents)
    {
        long ns = parkMs * 1_000_000L;
        foreach (Agent agent in agents) ns = Math.Min(ns, agent.IdleNs());
        // Rounded down, but to 1 ms at least: a thread cannot sleep for less.
        return Math.Max(1, (int)(ns / 1_000_000));
    }
}
