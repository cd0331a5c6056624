using System.Runtime.InteropServices;

namespace LowLatency.Market.Records;

/// <summary>What a slot of the input ring holds: a trade or a quote, a cancel or a correction, or a header alone (clock, malformed); and what normalisation hands on: a gap too. 64 bytes; the header's type says which.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
public struct TickRecord
{
    /// <summary>The header of whichever it is.</summary>
    [FieldOffset(0)]
    public RecordHeader Header;

    /// <summary>The record read as a trade.</summary>
    [FieldOffset(0)]
    public TradeRecord Trade;

    /// <summary>The record read as a quote.</summary>
    [FieldOffset(0)]
    public QuoteRecord Quote;

    /// <summary>The record read as a gap.</summary>
    [FieldOffset(0)]
    public GapRecord Gap;
}
