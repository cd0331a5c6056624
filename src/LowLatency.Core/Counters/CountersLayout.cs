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

    /// <summary>Place of the state (i32) in a metadata record: <see cref="Unused"/>, <see cref="Allocated"/> or <see cref="Reclaimed"/>.</summary>
    public const int StateOffset = 0;

    /// <summary>Place of the type (i32) in a metadata record.</summary>
    public const int TypeIdOffset = 4;

    /// <summary>Place of the time from which a freed record may be used again (i64, milliseconds since 1970) in a metadata record.</summary>
    public const int ReuseFromMsOffset = 8;

    /// <summary>Place of the key in a metadata record.</summary>
    public const int KeyOffset = 16;

    /// <summary>Place of the label's length (i32) in a metadata record.</summary>
    public const int LabelLengthOffset = 128;

    /// <summary>Place of the label in a metadata record.</summary>
    public const int LabelOffset = 132;

    /// <summary>Place of the value (i64) in a value record.</summary>
    public const int ValueOffset = 0;

    /// <summary>Place of the registration id (i64) in a value record.</summary>
    public const int RegistrationIdOffset = 8;

    /// <summary>Place of the owner's id (i64) in a value record.</summary>
    public const int OwnerIdOffset = 16;

    /// <summary>Place of the reference id (i64) in a value record.</summary>
    public const int ReferenceIdOffset = 24;

    /// <summary>State of a record that was never used; none behind it was.</summary>
    public const int Unused = 0;

    /// <summary>State of a record in use.</summary>
    public const int Allocated = 1;

    /// <summary>State of a record that was freed.</summary>
    public const int Reclaimed = -1;
}
