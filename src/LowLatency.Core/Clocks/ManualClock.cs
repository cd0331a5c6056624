namespace LowLatency.Core.Clocks;

/// <summary>A clock that stands still until it is moved: for tests and for what must not depend on the machine's time.</summary>
/// <param name="epochNs">Where it starts, nanoseconds since 1970-01-01T00:00:00Z.</param>
public sealed class ManualClock(long epochNs) : IClock
{
    private long _epochNs = epochNs;

    /// <inheritdoc/>
    public long EpochNs() => Volatile.Read(ref _epochNs);

    /// <inheritdoc/>
    public long MonotonicNs() => Volatile.Read(ref _epochNs);

    /// <summary>Moves it forward.</summary>
    /// <param name="ns">By how many nanoseconds, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ns"/> is negative.</exception>
    public void Advance(long ns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ns);
        Interlocked.Add(ref _epochNs, ns);
    }
}
