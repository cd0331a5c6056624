using LowLatency.Market.Records;
using LowLatency.Storage.QuestDb.Protocol;

namespace LowLatency.Storage.QuestDb.Rows;

/// <summary>Rows of the table imbalances.</summary>
internal sealed class ImbalanceRows(RowBatch batch, RecordNames names, IlpVersion version)
{
    private readonly RowPrefixes _prefixes = new(batch.Table, names);
    private readonly byte[] _startNs = new IlpColumns(version).FirstLong("start_ns");
    private readonly byte[] _theta = new IlpColumns(version).Double("theta");
    private readonly byte[] _threshold = new IlpColumns(version).Double("threshold");
    private readonly byte[] _seq = new IlpColumns(version).Long("seq");

    public void Write(in ImbalanceRecord imbalance)
    {
        byte[] prefix = _prefixes.Of(imbalance.Header.Instrument);
        IlpRow row = batch.Begin(prefix.Length);
        row.Literal(prefix);
        row.Long(_startNs, imbalance.StartNs);
        row.Double(_theta, imbalance.Theta);
        row.Double(_threshold, imbalance.Threshold);
        row.Long(_seq, (long)imbalance.Header.Sequence);
        batch.End(ref row, imbalance.Header.EventNs);
    }
}
