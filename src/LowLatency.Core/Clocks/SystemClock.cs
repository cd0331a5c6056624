using System.Diagnostics;

namespace LowLatency.Core.Clocks;

/// <summary>The operating system's clocks. The time of day has a resolution of 100 ns here, the monotonic clock that of <see cref="Stopwatch"/>.</summary>
public sealed class SystemClock : IClock
{
    private static readonly double NsPerTick = 1e9 / Stopwatch.Frequency;

    private SystemClock()
    {
    }

    /// <summary>The one instance.</summary>
    public static SystemClock Instance { get; } = new();

    /// <inheritdoc/>
    public long EpochNs() => (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) * 100;

    /// <inheritdoc/>
    public long MonotonicNs()
    {
        long ticks = Stopwatch.GetTimestamp();
        return Stopwatch.Frequency == 1_000_000_000 ? ticks : (long)(ticks * NsPerTick);
    }
}
