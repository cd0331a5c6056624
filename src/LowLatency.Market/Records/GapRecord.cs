using System.Runtime.InteropServices;

namespace LowLatency.Market.Records;

/// <summary>
/// Sequence numbers of a feed that did not come; 64 bytes, little-endian. The header is that of the record that showed it, which follows.
/// <code>
///   +-----------------------------------------------------------------------+
///   | RecordHeader                                                          |  0
///   | first_missing (u64)                                                   | 32
///   | count (u64)                                                           | 40
///   | input (i64)                                                           | 48
///   | 0                                                                     | 56
///   +-----------------------------------------------------------------------+ 64
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
public struct GapRecord
{
    /// <summary>The header; its type is <see cref="RecordType.Gap"/>.</summary>
    [FieldOffset(0)]
    public RecordHeader Header;

    /// <summary>The first number that is missing.</summary>
    [FieldOffset(32)]
    public ulong FirstMissing;

    /// <summary>How many are missing.</summary>
    [FieldOffset(40)]
    public ulong Count;

    /// <summary>Position, from 0, of the input record that showed it.</summary>
    [FieldOffset(48)]
    public long Input;
}
