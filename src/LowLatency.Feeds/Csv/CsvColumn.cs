namespace LowLatency.Feeds.Csv;

/// <summary>The columns of a tick file that mean something here.</summary>
internal enum CsvColumn
{
    EventNs,
    ReceiveNs,
    Symbol,
    Kind,
    Price,
    Size,
    Bid,
    BidSize,
    Ask,
    AskSize,
    Exchange,
    Flags,
    TradeId,
    Aggressor,
    Sequence,
    ReferenceId,
}
