using LowLatency.Market.Records;

namespace LowLatency.Engine.Tests;

/// <summary>Short ways to write input records.</summary>
internal static class Ticks
{
    public const long Second = 1_000_000_000;

    /// <summary>2023-11-14 22:13:20, a whole number of every interval up to 10s.</summary>
    public const long Start = 1_700_000_000 * Second;

    public static TickRecord Trade(long eventNs, double price, double size = 1, uint instrument = 0, ulong id = 0, int aggressor = 1)
    {
        var record = default(TickRecord);
        record.Header = new RecordHeader { Type = RecordType.Trade, Instrument = instrument, EventNs = eventNs, ReceiveNs = eventNs };
        record.Trade.Price = price;
        record.Trade.Size = size;
        record.Trade.TradeId = id;
        record.Trade.Aggressor = (sbyte)aggressor;
        return record;
    }

    public static TickRecord Quote(long eventNs, double bid, double ask, uint instrument = 0)
    {
        var record = default(TickRecord);
        record.Header = new RecordHeader { Type = RecordType.Quote, Instrument = instrument, EventNs = eventNs, ReceiveNs = eventNs };
        record.Quote.Bid = bid;
        record.Quote.Ask = ask;
        record.Quote.BidSize = 3;
        record.Quote.AskSize = 4;
        return record;
    }

    public static TickRecord Header(RecordType type, long eventNs)
    {
        var record = default(TickRecord);
        record.Header = new RecordHeader { Type = type, EventNs = eventNs, ReceiveNs = eventNs };
        return record;
    }
}
