using LowLatency.Market.Records;
using LowLatency.Storage.QuestDb.Protocol;

namespace LowLatency.Storage.QuestDb.Rows;

/// <summary>Rows of the table reversals.</summary>
internal sealed class ReversalRows(RowBatch batch, RecordNames names, IlpVersion version)
{
    private readonly RowPrefixes _prefixes = new(batch.Table, names);
    private readonly byte[] _version = new IlpColumns(version).FirstLong("version");
    private readonly byte[] _direction = new IlpColumns(version).Long("direction");
    private readonly byte[] _price = new IlpColumns(version).Double("price");
    private readonly byte[] _strength = new IlpColumns(version).Double("strength");
    private readonly byte[] _extreme = new IlpColumns(version).Double("extreme");
    private readonly byte[] _invalidation = new IlpColumns(version).Double("invalidation");
    private readonly byte[] _spike = new IlpColumns(version).Long("spike");
    private readonly byte[] _seq = new IlpColumns(version).Long("seq");

    public void Write(in ReversalRecord reversal)
    {
        byte[] prefix = _prefixes.Of(reversal.Header.Instrument);
        IlpRow row = batch.Begin(prefix.Length);
        row.Literal(prefix);
        row.Long(_version, reversal.Version);
        row.Long(_direction, reversal.Direction);
        row.Double(_price, reversal.Price);
        row.Double(_strength, reversal.Strength);
        row.Double(_extreme, reversal.Extreme);
        row.Double(_invalidation, reversal.Invalidation);
        // Version 4 needs no spike: null.
        if (reversal.Spike >= 0) row.Long(_spike, reversal.Spike);
        row.Long(_seq, (long)reversal.Header.Sequence);
        batch.End(ref row, reversal.Header.EventNs);
    }
}
