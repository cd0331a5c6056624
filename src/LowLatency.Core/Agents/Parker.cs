namespace LowLatency.Core.Agents;

/// <summary>
/// Where one thread sleeps until another publishes. The publisher's side is a plain load of one flag; the sleeper pays for the ordering with a
/// process-wide memory barrier, which it needs only when there is nothing to do.
/// </summary>
public sealed class Parker
{
    private readonly object _monitor = new();
    private int _parked;

    // Under the monitor: an Unpark that came before the sleep it was meant to end.
    private bool _permit;

    /// <summary>
    /// Sleeps until <see cref="Unpark"/> or the timeout, unless <paramref name="agents"/> have work or <see cref="Unpark"/> was called since the
    /// last sleep. It may return early for no reason.
    /// </summary>
    /// <param name="agents">The agents of the calling thread.</param>
    /// <param name="timeoutMs">Longest sleep in milliseconds, at least 1.</param>
    public void Park(ReadOnlySpan<Agent> agents, int timeoutMs)
    {
        // An agent that has work and cannot do it now (its ring is full) brings us here at every turn: no barrier on the other cores for that.
        if (AnyHasWork(agents))
        {
            Thread.Yield();
            return;
        }

        Volatile.Write(ref _parked, 1);
        // Orders the store above before the loads below, here, and on every other core its last publish before its next look at the flag:
        // either we see the event, or the publisher sees us parked.
        Interlocked.MemoryBarrierProcessWide();
        if (AnyHasWork(agents))
        {
            Volatile.Write(ref _parked, 0);
            return;
        }

        lock (_monitor)
        {
            if (!_permit) Monitor.Wait(_monitor, timeoutMs);
            _permit = false;
            Volatile.Write(ref _parked, 0);
        }
    }

    /// <summary>Wakes the thread when it is parked; one load when it is not.</summary>
    public void UnparkIfParked()
    {
        if (Volatile.Read(ref _parked) != 0) Unpark();
    }

    /// <summary>Wakes the thread; when it is not asleep, its next sleep ends at once.</summary>
    public void Unpark()
    {
        lock (_monitor)
        {
            _permit = true;
            Volatile.Write(ref _parked, 0);
            Monitor.Pulse(_monitor);
        }
    }

    private static bool AnyHasWork(ReadOnlySpan<Agent> agents)
    {
        foreach (Agent agent in agents)
        {
            if (agent.HasWork()) return true;
        }

        return false;
    }
}
