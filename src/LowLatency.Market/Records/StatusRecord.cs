using System.Runtime.InteropServices;
using LowLatency.Market.Streams;

namespace LowLatency.Market.Records;

/// <summary>
/// How an engine is; 128 bytes, little-endian, said once a second and at each change. Its header's event_ns is the engine's time, its sequence counts these records.
/// <code>
///   +-----------------------------------+--------+--------------------------+
///   | RecordHeader                                                          |   0
///   | epoch (u32)                       | state  | 0                        |  32
///   | run_ns (i64)                                                          |  40
///   | taken (i64)                                                           |  48
///   | published (i64)                                                       |  56
///   | dropped (i64)                                                         |  64
///   | lapped_bytes (i64)                                                    |  72
///   | instruments (u32)                 | sources (u32)                     |  80
///   | bars (u32)                        | indicators (u32)                  |  88
///   | alerts (u32)                      | 0                                 |  96
///   | mark (i64)                                                            | 104
///   | 0                                                                     | 112
///   +-----------------------------------------------------------------------+ 128
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
public struct StatusRecord
{
    /// <summary>The header; its type is <see cref="RecordType.Status"/>.</summary>
    [FieldOffset(0)]
    public RecordHeader Header;

    /// <summary>Changes whenever q starts again.</summary>
    [FieldOffset(32)]
    public uint Epoch;

    /// <summary>Where the engine is in its life.</summary>
    [FieldOffset(36)]
    public PublisherState State;

    /// <summary>Which run of the engine it is: when it started, nanoseconds since 1970. Each of its messages on Aeron has it as reserved value.</summary>
    [FieldOffset(40)]
    public long RunNs;

    /// <summary>Input records that it has taken.</summary>
    [FieldOffset(48)]
    public long Taken;

    /// <summary>Records that it has published.</summary>
    [FieldOffset(56)]
    public long Published;

    /// <summary>Records that were not sent because a subscriber that is waited for did not read: settings group publishing.</summary>
    [FieldOffset(64)]
    public long Dropped;

    /// <summary>Bytes of records that were not sent because the sender fell a whole ring behind.</summary>
    [FieldOffset(72)]
    public long LappedBytes;

    /// <summary>How many instruments are defined.</summary>
    [FieldOffset(80)]
    public uint Instruments;

    /// <summary>How many sources are defined.</summary>
    [FieldOffset(84)]
    public uint Sources;

    /// <summary>How many kinds of bars are defined.</summary>
    [FieldOffset(88)]
    public uint Bars;

    /// <summary>How many indicators are defined.</summary>
    [FieldOffset(92)]
    public uint Indicators;

    /// <summary>How many rules of alerts are defined.</summary>
    [FieldOffset(96)]
    public uint Alerts;

    /// <summary>A position in the output journals: what was published before it had been sent when this was said. 0 where there is no journal.</summary>
    [FieldOffset(104)]
    public long Mark;
}
