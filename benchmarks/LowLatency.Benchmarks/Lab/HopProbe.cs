using LowLatency.Core.Memory;

namespace LowLatency.Benchmarks.Lab;

/// <summary>How long a cache line takes from one core to the other, as the machine is right now: two pinned threads pass a counter back and forth.</summary>
public sealed class HopProbe
{
    private const int RoundsOfBlock = 64;

    private readonly long[] _blocksNs = new long[1 << 14];
    private PaddedLong _ping;
    private PaddedLong _pong;

    /// <summary>Measures.</summary>
    /// <param name="duration">How long.</param>
    /// <returns>Nanoseconds one way; NaN where two threads have no core each.</returns>
    public double MeasureNs(TimeSpan duration)
    {
        if (Placement.Current.IsCrowded(2)) return double.NaN;
        _ping.Value = 0;
        _pong.Value = 0;
        double hopNs = 0;
        Crew.Run(duration, () => hopNs = Serve((long)duration.TotalNanoseconds), Return);
        return hopNs;
    }

    private double Serve(long durationNs)
    {
        SpinWaiting waiting = default;
        int blocks = 0;
        long round = 0;
        long before = LabClock.NowNs();
        long until = before + durationNs;
        while (before < until && blocks < _blocksNs.Length)
        {
            for (int i = 0; i < RoundsOfBlock; i++)
            {
                Volatile.Write(ref _ping.Value, ++round);
                while (Volatile.Read(ref _pong.Value) != round) waiting.Wait();
            }

            long now = LabClock.NowNs();
            _blocksNs[blocks++] = now - before;
            before = now;
        }

        Volatile.Write(ref _ping.Value, -1);
        // The median: a block in which the system took a core away says nothing of the way between them.
        Span<long> measured = _blocksNs.AsSpan(0, blocks);
        measured.Sort();
        return measured[blocks / 2] / (2.0 * RoundsOfBlock);
    }

    private void Return()
    {
        SpinWaiting waiting = default;
        long last = 0;
        while (true)
        {
            long seen;
            while ((seen = Volatile.Read(ref _ping.Value)) == last) waiting.Wait();
            if (seen < 0) return;
            last = seen;
            Volatile.Write(ref _pong.Value, seen);
        }
    }
}
