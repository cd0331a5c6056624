using LowLatency.Market.Records;

namespace LowLatency.Analytics.Tests;

/// <summary>Short ways to write records in tests.</summary>
internal static class Ticks
{
    public const long Second = 1_000_000_000;

    public static TickRecord Trade(long eventNs, double price, double size = 1, int aggressor = 0, ulong id = 0, uint instrument = 0, byte source = 1, ulong sequence = 0, long receiveNs = 0)
    {
        var record = default(TickRecord);
        record.Header = new RecordHeader { Type = RecordType.Trade, Source = source, Instrument = instrument, EventNs = eventNs, ReceiveNs = receiveNs, Sequence = sequence };
        record.Trade.Price = price;
        record.Trade.Size = size;
        record.Trade.TradeId = id;
        record.Trade.Aggressor = (sbyte)aggressor;
        return record;
    }

    public static TickRecord Quote(long eventNs, double bid, double ask, uint instrument = 0)
    {
        var record = default(TickRecord);
        record.Header = new RecordHeader { Type = RecordType.Quote, Source = 1, Instrument = instrument, EventNs = eventNs };
        record.Quote.Bid = bid;
        record.Quote.Ask = ask;
        record.Quote.BidSize = double.NaN;
        record.Quote.AskSize = double.NaN;
        return record;
    }

    public static TickRecord Clock(long eventNs)
    {
        var record = default(TickRecord);
        record.Header = new RecordHeader { Type = RecordType.Clock, EventNs = eventNs };
        return record;
    }

    public static TickRecord Of(RecordType type)
    {
        var record = default(TickRecord);
        record.Header.Type = type;
        return record;
    }
}
