using System.Runtime.InteropServices;

namespace LowLatency.Market.Records;

/// <summary>
/// The values of one indicator on one closed bar; 128 bytes, little-endian.
/// <code>
///   +-----------------------------------------------------------------------+
///   | RecordHeader                                                          |   0
///   | start_ns (i64)                                                        |  32
///   | indicator (u16) | spec (u16) | count (u8) | 0 (u8) | revision (u16)   |  40
///   | input (i64)                                                           |  48
///   | 0                                                                     |  56
///   | values (8 x f64)                                                      |  64
///   +-----------------------------------------------------------------------+ 128
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
public struct IndicatorRecord
{
    /// <summary>The header; its type is <see cref="RecordType.Indicator"/>.</summary>
    [FieldOffset(0)]
    public RecordHeader Header;

    /// <summary>Begin of the bar that it was computed on, nanoseconds since 1970.</summary>
    [FieldOffset(32)]
    public long StartNs;

    /// <summary>Which indicator: an index into <see cref="Streams.ChannelTable.Indicators"/>.</summary>
    [FieldOffset(40)]
    public ushort Indicator;

    /// <summary>Which kind of bar: an index into <see cref="Streams.ChannelTable.Bars"/>.</summary>
    [FieldOffset(42)]
    public ushort Spec;

    /// <summary>How many of the values are used.</summary>
    [FieldOffset(44)]
    public byte Count;

    /// <summary>How often the values of this bar have been said before.</summary>
    [FieldOffset(46)]
    public ushort Revision;

    /// <summary>Position, from 0, of the input record whose processing emitted it.</summary>
    [FieldOffset(48)]
    public long Input;

    /// <summary>The values; NaN where an output is not defined.</summary>
    [FieldOffset(64)]
    public IndicatorValues Values;
}
