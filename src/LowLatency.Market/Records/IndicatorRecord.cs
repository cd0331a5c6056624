using System.Runtime.InteropServices;

namespace LowLatency.Market.Records;

/// <summary>
/// The values of one indicator on one bar; 128 bytes, little-endian. Of an open bar the header has the flag <see cref="RecordFlags.Provisional"/>: the next
/// record of the same bar replaces it. The header's event_ns is that of the bar that was closed, revised or said open.
/// <code>
///   +-----------------------------------------------------------------------+
///   | RecordHeader                                                          |   0
///   | start_ns (i64)                                                        |  32
///   | indicator (u16) | spec (u16) | count (u8) | 0 (3 bytes)               |  40
///   | input (i64)                                                           |  48
///   | revision (u32)                    | 0 (4 bytes)                       |  56
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

    /// <summary>Position, from 0, of the input record whose processing emitted it.</summary>
    [FieldOffset(48)]
    public long Input;

    /// <summary>How often this indicator's values of this bar have been said before, provisional ones not counted: more than 0 only with the setting indicator_options.restate.</summary>
    [FieldOffset(56)]
    public uint Revision;

    /// <summary>The values; NaN where an output is not defined.</summary>
    [FieldOffset(64)]
    public IndicatorValues Values;
}
