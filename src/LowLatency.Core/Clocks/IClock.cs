namespace LowLatency.Core.Clocks;

/// <summary>The two times a program needs. Asked once a batch, not once an event.</summary>
public interface IClock
{
    /// <summary>Nanoseconds since 1970-01-01T00:00:00Z; follows the system's clock, which may step.</summary>
    long EpochNs();

    /// <summary>Nanoseconds since some fixed instant; never goes back. For durations.</summary>
    long MonotonicNs();
}
