using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace LowLatency.Benchmarks.Lab;

/// <summary>The clock of all time stamps: CLOCK_MONOTONIC, which is Java's System.nanoTime too.</summary>
public static class LabClock
{
    private static readonly double NsPerTick = 1e9 / Stopwatch.Frequency;

    /// <summary>Nanoseconds since some fixed instant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long NowNs()
    {
        long ticks = Stopwatch.GetTimestamp();
        return Stopwatch.Frequency == 1_000_000_000 ? ticks : (long)(ticks * NsPerTick);
    }
}
