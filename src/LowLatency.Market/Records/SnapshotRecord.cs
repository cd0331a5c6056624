using System.Runtime.InteropServices;

namespace LowLatency.Market.Records;

/// <summary>
/// Asks for a snapshot, and frames it; 128 bytes, little-endian. A subscriber sends one of type <see cref="RecordType.SnapshotRequest"/>; the engine answers with one of
/// type <see cref="RecordType.SnapshotBegin"/>, definitions, the newest record of every stream, and one of type <see cref="RecordType.SnapshotEnd"/>.
/// <code>
///   +-----------------------------------------------------------------------+
///   | RecordHeader                                                          |  0
///   | correlation (i64)                                                     | 32
///   | run_ns (i64)                                                          | 40
///   | count (i64)                                                           | 48
///   | mark (i64)                                                            | 56
///   | epoch (u32)                       | 0                                 | 64
///   | 0                                                                     | 72
///   +-----------------------------------------------------------------------+ 128
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
public struct SnapshotRecord
{
    /// <summary>The header, 0 but for its type.</summary>
    [FieldOffset(0)]
    public RecordHeader Header;

    /// <summary>A number of the subscriber's own, which comes back in begin and end; a random one is not shared with other subscribers.</summary>
    [FieldOffset(32)]
    public long Correlation;

    /// <summary>Of begin and end: which run of the engine it is of, as each message's reserved value says.</summary>
    [FieldOffset(40)]
    public long RunNs;

    /// <summary>Of the end: how many records came between the two.</summary>
    [FieldOffset(48)]
    public long Count;

    /// <summary>Of the begin: a position in the output journals. What was published before it is older than the snapshot. 0 where there is no journal.</summary>
    [FieldOffset(56)]
    public long Mark;

    /// <summary>Of begin and end: the engine's epoch.</summary>
    [FieldOffset(64)]
    public uint Epoch;
}
