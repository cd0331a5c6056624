using LowLatency.Market.Records;
using LowLatency.Storage.QuestDb.Protocol;

namespace LowLatency.Storage.QuestDb.Rows;

/// <summary>Rows of the table gaps.</summary>
internal sealed class GapRows(RowBatch batch, RecordNames names, IlpVersion version)
{
    private readonly RowPrefixes _prefixes = new(batch.Table, names);
    private readonly SourceSymbols _sources = new(names);
    private readonly byte[] _firstMissing = new IlpColumns(version).FirstLong("first_missing");
    private readonly byte[] _missing = new IlpColumns(version).Long("missing");
    private readonly byte[] _seq = new IlpColumns(version).Long("seq");

    public void Write(in GapRecord gap)
    {
        byte[] prefix = _prefixes.Of(gap.Header.Instrument);
        IlpRow row = batch.Begin(prefix.Length);
        row.Literal(prefix);
        row.Literal(_sources.Of(gap.Header.Source));
        row.Long(_firstMissing, (long)gap.FirstMissing);
        row.Long(_missing, (long)gap.Count);
        row.Long(_seq, (long)gap.Header.Sequence);
        batch.End(ref row, gap.Header.EventNs);
    }
}
