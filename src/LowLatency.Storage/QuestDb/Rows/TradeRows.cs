using LowLatency.Market.Records;
using LowLatency.Storage.QuestDb.Protocol;

namespace LowLatency.Storage.QuestDb.Rows;

/// <summary>Rows of the table trades.</summary>
internal sealed class TradeRows(RowBatch batch, RecordNames names, IlpVersion version)
{
    private static readonly byte[] Buy = IlpColumns.Symbol("side", "buy");
    private static readonly byte[] Sell = IlpColumns.Symbol("side", "sell");

    private readonly RowPrefixes _prefixes = new(batch.Table, names);
    private readonly SourceSymbols _sources = new(names);
    private readonly byte[] _price = new IlpColumns(version).FirstDouble("price");
    private readonly byte[] _size = new IlpColumns(version).Double("size");
    private readonly byte[] _tradeId = new IlpColumns(version).Long("trade_id");
    private readonly byte[] _seq = new IlpColumns(version).Long("seq");
    private readonly byte[] _conditions = new IlpColumns(version).Long("conditions");
    private readonly byte[] _flags = new IlpColumns(version).Long("flags");

    public void Write(in TradeRecord trade)
    {
        byte[] prefix = _prefixes.Of(trade.Header.Instrument);
        IlpRow row = batch.Begin(prefix.Length);
        row.Literal(prefix);
        // An aggressor that nobody knows is null.
        if (trade.Aggressor != 0) row.Literal(trade.Aggressor > 0 ? Buy : Sell);
        row.Literal(_sources.Of(trade.Header.Source));
        row.Double(_price, trade.Price);
        row.Double(_size, trade.Size);
        // What is 0 in nearly every row is left out: null.
        if (trade.TradeId != 0) row.Long(_tradeId, (long)trade.TradeId);
        row.Long(_seq, (long)trade.Header.Sequence);
        if (trade.Conditions != 0) row.Long(_conditions, trade.Conditions);
        if (trade.Header.Flags != RecordFlags.None) row.Long(_flags, (long)trade.Header.Flags);
        batch.End(ref row, trade.Header.EventNs);
    }
}
