using LowLatency.Core.Rings;
using LowLatency.Market.Instruments;
using LowLatency.Market.Records;

namespace LowLatency.Engine;

/// <summary>
/// For those who bring ticks from threads of their own instead of deriving a feed: writes records to the engine's input. Any number of threads may
/// share one; when the setting <c>engine.producers</c> is single, one thread writes, and no other.
/// </summary>
public sealed class TickWriter
{
    private readonly RingBuffer<TickRecord> _ring;
    private readonly InstrumentTable _instruments;

    internal TickWriter(RingBuffer<TickRecord> ring, InstrumentTable instruments)
    {
        _ring = ring;
        _instruments = instruments;
    }

    /// <summary>Writes records, all or none.</summary>
    /// <param name="ticks">
    /// Trades, quotes, cancels, corrections and clock events, at most as many as the input ring has slots. Instruments are ids that the engine's table of instruments has
    /// given, or <see cref="InstrumentTable.Unknown"/> when it is full.
    /// </param>
    /// <returns>False when the pipeline has not yet made room for them: wait as you see fit and try again, nothing is lost meanwhile.</returns>
    /// <exception cref="ArgumentOutOfRangeException">More records than the ring has slots.</exception>
    /// <exception cref="ArgumentException">A record other than a clock event, of an instrument that there is not; nothing is written.</exception>
    public bool TryWrite(ReadOnlySpan<TickRecord> ticks)
    {
        if (ticks.IsEmpty) return true;
        int instruments = _instruments.Count;
        foreach (ref readonly TickRecord tick in ticks)
        {
            if (tick.Header.Instrument >= (uint)instruments) CheckUnusual(tick, instruments);
        }

        if (!_ring.TryClaim(ticks.Length, out long first)) return false;
        for (int i = 0; i < ticks.Length; i++) _ring[first + i] = ticks[i];
        _ring.Publish(first, ticks.Length);
        return true;
    }

    private static void CheckUnusual(in TickRecord tick, int instruments)
    {
        if (tick.Header.Type is not (RecordType.Trade or RecordType.Quote or RecordType.Cancel or RecordType.Correction) || tick.Header.Instrument == InstrumentTable.Unknown) return;
        throw new ArgumentException(
            $"A {tick.Header.Type} of instrument {tick.Header.Instrument} was written, and there are {instruments} instruments; MarketEngine.Streams.Instruments gives symbols their ids.",
            nameof(tick));
    }
}
