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
    // Looking at the clock costs more than looking for work: it is done every so many turns.
    private const int TurnsPerLook = 8;

    private readonly long _spinTicks = Ticks(spinNs);
    private readonly long _yieldTicks = Ticks((Int128)spinNs + yieldNs);
    private long _idleSince;
    private int _turns;

    /// <inheritdoc/>
    public void Idle(Parker parker, ReadOnlySpan<Agent> agents)
    {
        if (_spinTicks != 0 && _turns++ % TurnsPerLook != 0)
        {
            Processor.Pause();
            return;
        }

        long now = Stopwatch.GetTimestamp();
        if (_idleSince == 0) _idleSince = now;
        long idle = now - _idleSince;
        if (idle < _spinTicks)
        {
            Processor.Pause();
            return;
        }

        // Past the spinning each turn looks at the clock.
        _turns = 0;
        if (idle < _yieldTicks) Thread.Yield();
        else parker.Park(agents, AgentTimers.UntilDueMs(agents, parkMs));
    }

    // Saturated: a time that no clock reaches is spun for ever; a negative one is none.
    private static long Ticks(Int128 ns) => (long)Int128.Clamp(ns * Stopwatch.Frequency / 1_000_000_000, 0, long.MaxValue);

    /// <inheritdoc/>
    public void Reset()
    {
        _idleSince = 0;
        _turns = 0;
    }
}
