using System.Runtime.InteropServices;

namespace LowLatency.Market.Records;

/// <summary>
/// What every record begins with; 32 bytes, little-endian.
/// <code>
///   0        1        2                 4                                   8
///   +--------+--------+-----------------+-----------------------------------+
///   | type   | source | flags           | instrument                        |
///   +--------+--------+-----------------+-----------------------------------+
///   | event_ns                                                              |  8
///   | receive_ns                                                            | 16
///   | sequence                                                              | 24
///   +-----------------------------------------------------------------------+ 32
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
public struct RecordHeader
{
    /// <summary>What the record is.</summary>
    [FieldOffset(0)]
    public RecordType Type;

    /// <summary>Which feed and venue it came from: an id of <see cref="Instruments.SourceTable"/>.</summary>
    [FieldOffset(1)]
    public byte Source;

    /// <summary>Marks.</summary>
    [FieldOffset(2)]
    public RecordFlags Flags;

    /// <summary>The instrument's dense id: of <see cref="Instruments.InstrumentTable"/>.</summary>
    [FieldOffset(4)]
    public uint Instrument;

    /// <summary>When it happened, by the venue: nanoseconds since 1970-01-01T00:00:00Z.</summary>
    [FieldOffset(8)]
    public long EventNs;

    /// <summary>When we received it, same unit; 0 when nobody noted it.</summary>
    [FieldOffset(16)]
    public long ReceiveNs;

    /// <summary>On input the feed's own number (0 when it has none); on output q, the stream's: 1, 2, 3 …</summary>
    [FieldOffset(24)]
    public ulong Sequence;
}
