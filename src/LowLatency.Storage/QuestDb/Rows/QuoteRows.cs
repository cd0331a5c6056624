using LowLatency.Market.Records;
using LowLatency.Storage.QuestDb.Protocol;

namespace LowLatency.Storage.QuestDb.Rows;

/// <summary>Rows of the tables quotes and bbo.</summary>
internal sealed class QuoteRows(RowBatch batch, RecordNames names, IlpVersion version)
{
    private readonly RowPrefixes _prefixes = new(batch.Table, names);
    private readonly SourceSymbols _sources = new(names);
    private readonly byte[] _bid = new IlpColumns(version).FirstDouble("bid");
    private readonly byte[] _bidSize = new IlpColumns(version).Double("bid_size");
    private readonly byte[] _ask = new IlpColumns(version).Double("ask");
    private readonly byte[] _askSize = new IlpColumns(version).Double("ask_size");
    private readonly byte[] _seq = new IlpColumns(version).Long("seq");
    private readonly byte[] _flags = new IlpColumns(version).Long("flags");

    public void Write(in QuoteRecord quote)
    {
        byte[] prefix = _prefixes.Of(quote.Header.Instrument);
        IlpRow row = batch.Begin(prefix.Length);
        row.Literal(prefix);
        row.Literal(_sources.Of(quote.Header.Source));
        row.Double(_bid, quote.Bid);
        row.Double(_bidSize, quote.BidSize);
        row.Double(_ask, quote.Ask);
        row.Double(_askSize, quote.AskSize);
        row.Long(_seq, (long)quote.Header.Sequence);
        if (quote.Header.Flags != RecordFlags.None) row.Long(_flags, (long)quote.Header.Flags);
        batch.End(ref row, quote.Header.EventNs);
    }
}
