using LowLatency.Market.Records;
using LowLatency.Storage.QuestDb.Protocol;

namespace LowLatency.Storage.QuestDb.Rows;

/// <summary>Rows of the tables indicators and indicators_1d; the row's time is the begin of the bar that it was computed on.</summary>
internal sealed class IndicatorRows(RowBatch batch, RowBatch days, BarIntervals intervals, RecordNames names, IlpVersion version)
{
    private readonly RowPrefixes _prefixes = new(batch.Table, names);
    private readonly RowPrefixes _dayPrefixes = new(days.Table, names);
    private readonly byte[][] _names = [.. names.Channels.Indicators.Select(indicator => IlpColumns.Symbol("name", indicator.Name))];
    private readonly byte[] _seq = new IlpColumns(version).FirstLong("seq");
    private readonly byte[][] _values = new IlpColumns(version).Values(IndicatorValues.Capacity);
    private readonly byte[] _eventNs = new IlpColumns(version).Long("event_ns");
    private readonly byte[] _rev = new IlpColumns(version).Long("rev");
    private readonly byte[] _ordinal = new IlpColumns(version).Long("ordinal");

    /// <summary>Writes an indicator's values.</summary>
    /// <returns>False for those of a bar that is still open: they are not written.</returns>
    public bool Write(in IndicatorRecord indicator)
    {
        if ((indicator.Header.Flags & RecordFlags.Provisional) != 0) return false;
        bool isDays = intervals.IsDays(indicator.Spec);
        RowBatch target = isDays ? days : batch;
        byte[] prefix = (isDays ? _dayPrefixes : _prefixes).Of(indicator.Header.Instrument);
        byte[] interval = intervals.SymbolOf(indicator.Spec);
        byte[] name = indicator.Indicator < _names.Length ? _names[indicator.Indicator] : IlpColumns.Symbol("name", $"#{indicator.Indicator}");
        IlpRow row = target.Begin(prefix.Length + interval.Length + name.Length);
        row.Literal(prefix);
        row.Literal(interval);
        row.Literal(name);
        row.Long(_seq, (long)indicator.Header.Sequence);
        int count = Math.Min(indicator.Count, (byte)IndicatorValues.Capacity);
        for (int i = 0; i < count; i++) row.Double(_values[i], indicator.Values[i]);
        row.Long(_eventNs, indicator.Header.EventNs);
        row.Long(_rev, indicator.Revision);
        row.Long(_ordinal, intervals.OrdinalOf(indicator.Spec, indicator.Header.Sequence));
        target.End(ref row, indicator.StartNs);
        return true;
    }
}
