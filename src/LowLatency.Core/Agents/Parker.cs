using System.Runtime.CompilerServices;

namespace LowLatency.Core.Agents;

/// <summary>
/// Where one thread sleeps until another publishes. The publisher's side is a plain load of one word; the sleeper pays for the ordering with a
/// process-wide memory barrier, which it needs only when there is nothing to do. On Linux it sleeps on a futex, elsewhere on a monitor.
/// </summary>
public sealed class Parker
{
    private const int Running = 0;
    private const int Parked = 1;

    // An Unpark that came before the sleep it was meant to end.
    private const int Notified = 2;

    // The word stands alone in the middle of a pinned array: publishers read it all the time, and the kernel is given its address.
    private const int Index = 32;

    private readonly int[] _word = GC.AllocateArray<int>(2 * Index, pinned: true);
    private readonly object? _monitor;
    private volatile bool _isAsleep;

    /// <summary>Makes a place to sleep.</summary>
    public Parker()
        : this(Futex.IsSupported)
    {
    }

    internal Parker(bool usesFutex) => _monitor = usesFutex ? null : new object();

    /// <summary>Whether the thread has looked for work for the last time and sleeps, or is about to: for tests.</summary>
    internal bool IsAsleep => _isAsleep;

    private ref int State
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _word[Index];
    }

    /// <summary>
    /// Sleeps until <see cref="Unpark"/> or the timeout, unless <paramref name="agents"/> have work or <see cref="Unpark"/> was called since the
    /// last sleep. It may return early for no reason.
    /// </summary>
    /// <param name="agents">The agents of the calling thread.</param>
    /// <param name="timeoutMs">Longest sleep in milliseconds, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeoutMs"/> is less than 1.</exception>
    public void Park(ReadOnlySpan<Agent> agents, int timeoutMs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeoutMs, 1);
        // An agent that has work and cannot do it now (its ring is full) brings us here at every turn: no barrier on the other cores for that.
        if (AnyHasWork(agents))
        {
            Thread.Yield();
            return;
        }

        if (Interlocked.CompareExchange(ref State, Parked, Running) == Notified)
        {
            // A full fence: what the caller reads next (whether it was told to stop) is not read before the notice is taken.
            Interlocked.Exchange(ref State, Running);
            return;
        }

        // Orders the word before the loads below, here, and on every other core its last publish before its next look at the word: either we see the
        // event, or the publisher sees us parked.
        Interlocked.MemoryBarrierProcessWide();
        if (AnyHasWork(agents))
        {
            // A notice that came meanwhile stays for the next sleep.
            Interlocked.CompareExchange(ref State, Running, Parked);
            return;
        }

        _isAsleep = true;
        if (_monitor is null) Futex.Wait(ref State, Parked, timeoutMs);
        else WaitOnMonitor(_monitor, timeoutMs);
        _isAsleep = false;
        Interlocked.Exchange(ref State, Running);
    }

    /// <summary>Wakes the thread when it is parked; one load when it is not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void UnparkIfParked()
    {
        if (Volatile.Read(ref State) == Parked) Unpark();
    }

    /// <summary>Wakes the thread; when it is not asleep, its next sleep ends at once.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Unpark()
    {
        if (Interlocked.Exchange(ref State, Notified) != Parked) return;
        if (_monitor is null)
        {
            Futex.WakeOne(ref State);
            return;
        }

        lock (_monitor) Monitor.Pulse(_monitor);
    }

    private static bool AnyHasWork(ReadOnlySpan<Agent> agents)
    {
        foreach (Agent agent in agents)
        {
            if (agent.HasWork()) return true;
        }

        return false;
    }

    private void WaitOnMonitor(object monitor, int timeoutMs)
    {
        lock (monitor)
        {
            // The word is looked at under the monitor: an Unpark in between has changed it before it pulses.
            if (Volatile.Read(ref State) == Parked) Monitor.Wait(monitor, timeoutMs);
        }
    }
}
