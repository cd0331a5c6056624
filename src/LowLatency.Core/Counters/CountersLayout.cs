namespace LowLatency.Core.Counters;

/// <summary>
/// Where counters lie: Aeron's layout byte for byte, so that one reader shows both. Counter i has the metadata record i and the value record i.
/// <code>
/// metadata record, 512 bytes
///    0 +-------------------------------+
///      | state (i32): 0 unused,        |  written last and released on allocation
///      |  1 allocated, -1 reclaimed    |
///    4 +-------------------------------+
///      | type id (i32)                 |
///    8 +-------------------------------+
///      | free for reuse from (i64)     |  milliseconds since 1970; Int64.MaxValue while allocated
///   16 +-------------------------------+
///      | key (112 bytes)               |  what the type makes of it
///  128 +-------------------------------+
///      | label length (i32)            |
///  132 +-------------------------------+
///      | label (380 bytes, UTF-8)      |
///  512 +-------------------------------+
///
/// value record, 128 bytes
///    0 +-------------------------------+
///      | value (i64)                   |
///    8 +-------------------------------+
///      | registration id (i64)         |
///   16 +-------------------------------+
///      | owner id (i64)                |
///   24 +-------------------------------+
///      | reference id (i64)            |
///   32 +-------------------------------+
///      | padding: no two counters      |
///      | share a pair of cache lines   |
///  128 +-------------------------------+
/// </code>
/// </summary>
public static class CountersLayout
{
    /// <summary>Bytes of a metadata record.</summary>
    public const int MetadataBytes = 512;

    /// <summary>Bytes of a value record.</summary>
    public const int ValueBytes = 128;

    /// <summary>Most bytes of a key.</summary>
    public const int MaxKeyBytes = 112;

    /// <summary>Most bytes of a label.</summary>
    public const int MaxLabelBytes = 380;

    /// <summary>Least type id of counters that are not Aeron's own.</summary>
    public const int FirstOwnTypeId = 1000;

    internal const int StateOffset = 0;
    internal const int TypeIdOffset = 4;
    internal const int ReuseFromMsOffset = 8;
    internal const int KeyOffset = 16;
    internal const int LabelLengthOffset = 128;
    internal const int LabelOffset = 132;

    internal const int ValueOffset = 0;
    internal const int RegistrationIdOffset = 8;
    internal const int OwnerIdOffset = 16;
    internal const int ReferenceIdOffset = 24;

    internal const int Unused = 0;
    internal const int Allocated = 1;
    internal const int Reclaimed = -1;
}
