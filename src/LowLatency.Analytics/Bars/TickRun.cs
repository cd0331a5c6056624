using LowLatency.Market.Records;

namespace LowLatency.Analytics.Bars;

/// <summary>Normalised ticks: a run of one instrument's trades that are not late and before a time. What concerns no time bar, quotes and suspects, is passed over.</summary>
/// <param name="instrument">The instrument.</param>
/// <param name="untilNs">That time.</param>
/// <param name="keeps">Whether trades are kept for corrections: otherwise the first with an id ends the run.</param>
internal readonly struct TickRun(uint instrument, long untilNs, bool keeps) : ILaneRun<TickRecord>
{
    public bool Ends(in TickRecord item)
    {
        if (item.Header.Type != RecordType.Trade) return item.Header.Type is RecordType.Clock or RecordType.Cancel or RecordType.Correction;
        if ((item.Header.Flags & RecordFlags.Suspect) != 0) return false;
        return item.Header.Instrument != instrument || item.Header.EventNs >= untilNs || (item.Header.Flags & RecordFlags.Late) != 0 || (!keeps && item.Trade.TradeId != 0);
    }

    public bool Skips(in TickRecord item) => item.Header.Type != RecordType.Trade || (item.Header.Flags & RecordFlags.Suspect) != 0;

    public long EventNs(in TickRecord item) => item.Header.EventNs;

    public double Price(in TickRecord item) => item.Trade.Price;

    public double Size(in TickRecord item) => item.Trade.Size;

    public bool Bought(in TickRecord item) => item.Trade.Aggressor > 0;
}
