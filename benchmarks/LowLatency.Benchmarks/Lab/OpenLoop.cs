using System.Runtime.CompilerServices;

namespace LowLatency.Benchmarks.Lab;

/// <summary>
/// When events are meant to be sent: at even distances from the start, whatever became of those before. A sender that was held up sends at once what
/// is due, with the time that was meant, so that nobody's waiting is left out of the latencies (no coordinated omission).
/// </summary>
/// <param name="startNs">When the first one is due, on <see cref="LabClock"/>.</param>
/// <param name="ratePerSecond">Events a second.</param>
public readonly struct OpenLoop(long startNs, double ratePerSecond)
{
    private readonly double _intervalNs = 1e9 / ratePerSecond;

    /// <summary>When an event is due.</summary>
    /// <param name="index">Its number, from 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long DueNs(long index) => startNs + (long)(index * _intervalNs);

    /// <summary>Waits, spinning, until an event is due.</summary>
    /// <param name="index">Its number, from 0.</param>
    /// <returns>When it is due, which may be past.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Await<TWait>(long index)
        where TWait : struct, IWaiting
    {
        long due = DueNs(index);
        TWait waiting = default;
        while (LabClock.NowNs() < due) waiting.Wait();
        return due;
    }
}
