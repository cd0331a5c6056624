namespace LowLatency.Engine.Pipeline;

/// <summary>
/// Measures how long a record waits in a ring: the producer notes one sequence and its time when the slot for that is free, the consumer frees it
/// when it takes that sequence. One record in each batch at most is measured, and nothing is added to the ring's records.
/// </summary>
internal sealed class RingProbe
{
    private long _sequence;
    private long _timeNs;
    private int _armed;

    public bool IsFree => Volatile.Read(ref _armed) == 0;

    /// <summary>The producer's side; only while <see cref="IsFree"/>.</summary>
    public void Arm(long sequence, long nowNs)
    {
        _sequence = sequence;
        _timeNs = nowNs;
        // Release: sequence and time are written before they are announced.
        Volatile.Write(ref _armed, 1);
    }

    /// <summary>The consumer's side: true when the noted record is among those from <paramref name="first"/> to <paramref name="last"/>.</summary>
    public bool TryTake(long first, long last, out long publishedNs)
    {
        publishedNs = 0;
        if (Volatile.Read(ref _armed) == 0 || _sequence > last) return false;
        publishedNs = _timeNs;
        // A record that was taken before its time was noted tells nothing.
        bool valid = _sequence >= first;
        // Release: both are read before the slot is free again.
        Volatile.Write(ref _armed, 0);
        return valid;
    }
}
