using System.Runtime.InteropServices;

namespace LowLatency.Market.Records;

/// <summary>
/// A trade; 64 bytes, little-endian.
/// <code>
///   +-----------------------------------------------------------------------+
///   | RecordHeader                                                          |  0
///   | price (f64)                                                           | 32
///   | size (f64)                                                            | 40
///   | trade_id (u64)                                                        | 48
///   | conditions (u32)                  | aggressor (i8) | 0                | 56
///   +-----------------------------------------------------------------------+ 64
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
public struct TradeRecord
{
    /// <summary>The header; its type is <see cref="RecordType.Trade"/>.</summary>
    [FieldOffset(0)]
    public RecordHeader Header;

    /// <summary>Price of one unit, in the instrument's currency.</summary>
    [FieldOffset(32)]
    public double Price;

    /// <summary>Size, in the instrument's units.</summary>
    [FieldOffset(40)]
    public double Size;

    /// <summary>The venue's id of the trade; 0 when it has none.</summary>
    [FieldOffset(48)]
    public ulong TradeId;

    /// <summary>The source's condition bits; 0 when it tells none.</summary>
    [FieldOffset(56)]
    public uint Conditions;

    /// <summary>+1 the buyer was the aggressor, -1 the seller, 0 unknown.</summary>
    [FieldOffset(60)]
    public sbyte Aggressor;
}
