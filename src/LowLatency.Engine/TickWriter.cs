using LowLatency.Core.Rings;
using LowLatency.Market.Records;

namespace LowLatency.Engine;

/// <summary>For those who bring ticks from a thread of their own instead of deriving a feed: writes records to the engine's input.</summary>
public sealed class TickWriter
{
    private readonly RingBuffer<TickRecord> _ring;

    internal TickWriter(RingBuffer<TickRecord> ring) => _ring = ring;

    /// <summary>Writes records, all or none.</summary>
    /// <param name="ticks">Trades, quotes and clock events; at most as many as the input ring has slots.</param>
    /// <returns>False when the pipeline has not yet made room for them: wait as you see fit and try again, nothing is lost meanwhile.</returns>
    /// <exception cref="ArgumentOutOfRangeException">More records than the ring has slots.</exception>
    public bool TryWrite(ReadOnlySpan<TickRecord> ticks)
    {
        if (ticks.IsEmpty) return true;
        if (!_ring.TryClaim(ticks.Length, out long first)) return false;
        for (int i = 0; i < ticks.Length; i++) _ring[first + i] = ticks[i];
        _ring.Publish(first, ticks.Length);
        return true;
    }
}
