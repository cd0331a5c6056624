using LowLatency.Market.Records;
using LowLatency.Storage.QuestDb.Protocol;

namespace LowLatency.Storage.QuestDb.Rows;

/// <summary>Rows of the tables bars and bars_1d; the row's time is the bar's begin.</summary>
internal sealed class BarRows(RowBatch batch, RowBatch days, BarIntervals intervals, RecordNames names, IlpVersion version)
{
    private static readonly byte[][] Reasons = [[], .. Enum.GetValues<RevisionReason>().Skip(1).Select(why => IlpColumns.Symbol("why", why.ToString().ToLowerInvariant()))];

    private readonly RowPrefixes _prefixes = new(batch.Table, names);
    private readonly RowPrefixes _dayPrefixes = new(days.Table, names);
    private readonly byte[] _open = new IlpColumns(version).FirstDouble("open");
    private readonly byte[] _high = new IlpColumns(version).Double("high");
    private readonly byte[] _low = new IlpColumns(version).Double("low");
    private readonly byte[] _close = new IlpColumns(version).Double("close");
    private readonly byte[] _volume = new IlpColumns(version).Double("volume");
    private readonly byte[] _vwap = new IlpColumns(version).Double("vwap");
    private readonly byte[] _buyVolume = new IlpColumns(version).Double("buy_volume");
    private readonly byte[] _count = new IlpColumns(version).Long("trades");
    private readonly byte[] _level = new IlpColumns(version).Long("level");
    private readonly byte[] _endNs = new IlpColumns(version).Long("end_ns");
    private readonly byte[] _eventNs = new IlpColumns(version).Long("event_ns");
    private readonly byte[] _rev = new IlpColumns(version).Long("rev");
    private readonly byte[] _ordinal = new IlpColumns(version).Long("ordinal");
    private readonly byte[] _seq = new IlpColumns(version).Long("seq");

    /// <summary>Writes a bar.</summary>
    /// <returns>False for a bar that is still open: it is not written.</returns>
    public bool Write(in BarRecord bar)
    {
        if (bar.State == BarState.Open) return false;
        bool isDays = intervals.IsDays(bar.Spec);
        RowBatch target = isDays ? days : batch;
        byte[] prefix = (isDays ? _dayPrefixes : _prefixes).Of(bar.Header.Instrument);
        byte[] interval = intervals.SymbolOf(bar.Spec);
        IlpRow row = target.Begin(prefix.Length + interval.Length);
        row.Literal(prefix);
        row.Literal(interval);
        if ((int)bar.Why < Reasons.Length) row.Literal(Reasons[(int)bar.Why]);
        row.Double(_open, bar.Open);
        row.Double(_high, bar.High);
        row.Double(_low, bar.Low);
        row.Double(_close, bar.Close);
        row.Double(_volume, bar.Volume);
        row.Double(_vwap, bar.Vwap);
        row.Double(_buyVolume, bar.BuyVolume);
        row.Long(_count, bar.Count);
        if (bar.Level != 0) row.Long(_level, bar.Level);
        row.Long(_endNs, bar.EndNs);
        row.Long(_eventNs, bar.Header.EventNs);
        row.Long(_rev, bar.Revision);
        row.Long(_ordinal, intervals.OrdinalOf(bar.Spec, bar.Header.Sequence));
        row.Long(_seq, (long)bar.Header.Sequence);
        target.End(ref row, bar.StartNs);
        return true;
    }
}
