using System.Runtime.InteropServices;

namespace LowLatency.Market.Records;

/// <summary>
/// A quote; 64 bytes, little-endian. NaN: the source said nothing about that side, or tells no sizes.
/// <code>
///   +-----------------------------------------------------------------------+
///   | RecordHeader                                                          |  0
///   | bid (f64)                                                             | 32
///   | bid_size (f64)                                                        | 40
///   | ask (f64)                                                             | 48
///   | ask_size (f64)                                                        | 56
///   +-----------------------------------------------------------------------+ 64
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
public struct QuoteRecord
{
    /// <summary>The header; its type is <see cref="RecordType.Quote"/>.</summary>
    [FieldOffset(0)]
    public RecordHeader Header;

    /// <summary>Best bid price.</summary>
    [FieldOffset(32)]
    public double Bid;

    /// <summary>Size at the bid.</summary>
    [FieldOffset(40)]
    public double BidSize;

    /// <summary>Best ask price.</summary>
    [FieldOffset(48)]
    public double Ask;

    /// <summary>Size at the ask.</summary>
    [FieldOffset(56)]
    public double AskSize;
}
