using LowLatency.Market.Records;
using LowLatency.Storage.QuestDb.Protocol;

namespace LowLatency.Storage.QuestDb.Rows;

/// <summary>Rows of the table alerts.</summary>
internal sealed class AlertRows(RowBatch batch, RecordNames names, IlpVersion version)
{
    private readonly RowPrefixes _prefixes = new(batch.Table, names);
    private readonly List<byte[]> _names = [];
    private readonly byte[] _beginNs = new IlpColumns(version).FirstLong("begin_ns");
    private readonly byte[] _suppressed = new IlpColumns(version).Long("suppressed");
    private readonly byte[][] _values = new IlpColumns(version).Values(IndicatorValues.Capacity);
    private readonly byte[] _seq = new IlpColumns(version).Long("seq");

    public void Write(in AlertRecord alert)
    {
        byte[] prefix = _prefixes.Of(alert.Header.Instrument);
        byte[] name = NameOf(alert.Alert);
        IlpRow row = batch.Begin(prefix.Length + name.Length);
        row.Literal(prefix);
        row.Literal(name);
        row.Long(_beginNs, alert.BeginNs);
        row.Long(_suppressed, alert.Suppressed);
        int count = Math.Min(alert.Count, (byte)IndicatorValues.Capacity);
        for (int i = 0; i < count; i++) row.Double(_values[i], alert.Values[i]);
        row.Long(_seq, (long)alert.Header.Sequence);
        batch.End(ref row, alert.Header.EventNs);
    }

    // Alerts are added while the engine runs; the name of an id never changes.
    private byte[] NameOf(uint alert)
    {
        while (_names.Count <= alert && names.AlertOf((uint)_names.Count) is { } next) _names.Add(IlpColumns.Symbol("name", next));
        return alert < (uint)_names.Count ? _names[(int)alert] : IlpColumns.Symbol("name", $"#{alert}");
    }
}
