using LowLatency.Market.Records;

namespace LowLatency.Gateway.Schema;

/// <summary>The layouts of the records that clients get in binary frames, written out; a test holds them against the structs.</summary>
internal static class RecordLayouts
{
    private static readonly FieldLayout[] Header =
    [
        new("type", 0, FieldType.U8, "Header.Type"),
        new("source", 1, FieldType.U8, "Header.Source"),
        new("flags", 2, FieldType.U16, "Header.Flags"),
        new("instrument", 4, FieldType.U32, "Header.Instrument"),
        new("event_ns", 8, FieldType.I64, "Header.EventNs"),
        new("receive_ns", 16, FieldType.I64, "Header.ReceiveNs"),
        new("sequence", 24, FieldType.U64, "Header.Sequence"),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RecordLayout> All { get; } =
    [
        new("trade", (byte)RecordType.Trade, 64, typeof(TradeRecord),
        [
            .. Header,
            new("price", 32, FieldType.F64, "Price"),
            new("size", 40, FieldType.F64, "Size"),
            new("trade_id", 48, FieldType.U64, "TradeId"),
            new("conditions", 56, FieldType.U32, "Conditions"),
            new("aggressor", 60, FieldType.I8, "Aggressor"),
        ]),
        new("quote", (byte)RecordType.Quote, 64, typeof(QuoteRecord),
        [
            .. Header,
            new("bid", 32, FieldType.F64, "Bid"),
            new("bid_size", 40, FieldType.F64, "BidSize"),
            new("ask", 48, FieldType.F64, "Ask"),
            new("ask_size", 56, FieldType.F64, "AskSize"),
        ]),
        new("bar", (byte)RecordType.Bar, 128, typeof(BarRecord),
        [
            .. Header,
            new("start_ns", 32, FieldType.I64, "StartNs"),
            new("end_ns", 40, FieldType.I64, "EndNs"),
            new("open", 48, FieldType.F64, "Open"),
            new("high", 56, FieldType.F64, "High"),
            new("low", 64, FieldType.F64, "Low"),
            new("close", 72, FieldType.F64, "Close"),
            new("volume", 80, FieldType.F64, "Volume"),
            new("vwap", 88, FieldType.F64, "Vwap"),
            new("buy_volume", 96, FieldType.F64, "BuyVolume"),
            new("count", 104, FieldType.U32, "Count"),
            new("revision", 108, FieldType.U32, "Revision"),
            new("spec", 112, FieldType.U16, "Spec"),
            new("state", 114, FieldType.U8, "State"),
            new("why", 115, FieldType.U8, "Why"),
            new("level", 116, FieldType.I32, "Level"),
            new("input", 120, FieldType.I64, "Input"),
        ]),
        new("indicator", (byte)RecordType.Indicator, 128, typeof(IndicatorRecord),
        [
            .. Header,
            new("start_ns", 32, FieldType.I64, "StartNs"),
            new("indicator", 40, FieldType.U16, "Indicator"),
            new("spec", 42, FieldType.U16, "Spec"),
            new("count", 44, FieldType.U8, "Count"),
            new("revision", 46, FieldType.U16, "Revision"),
            new("input", 48, FieldType.I64, "Input"),
            new("values", 64, FieldType.F64, "Values", IndicatorValues.Capacity),
        ]),
        new("bestquote", (byte)RecordType.BestQuote, 64, typeof(QuoteRecord),
        [
            .. Header,
            new("bid", 32, FieldType.F64, "Bid"),
            new("bid_size", 40, FieldType.F64, "BidSize"),
            new("ask", 48, FieldType.F64, "Ask"),
            new("ask_size", 56, FieldType.F64, "AskSize"),
        ]),
        new("gap", (byte)RecordType.Gap, 64, typeof(GapRecord),
        [
            .. Header,
            new("first_missing", 32, FieldType.U64, "FirstMissing"),
            new("count", 40, FieldType.U64, "Count"),
            new("input", 48, FieldType.I64, "Input"),
        ]),
        new("imbalance", (byte)RecordType.Imbalance, 64, typeof(ImbalanceRecord),
        [
            .. Header,
            new("start_ns", 32, FieldType.I64, "StartNs"),
            new("theta", 40, FieldType.F64, "Theta"),
            new("threshold", 48, FieldType.F64, "Threshold"),
            new("input", 56, FieldType.I64, "Input"),
        ]),
    ];
}
