namespace LowLatency.Core.Counters;

/// <summary>
/// A counters file: what a process tells of itself while it runs. All offsets are from the file's begin, all integers little-endian.
/// <code>
///    0 +-------------------------------+
///      | magic (8 bytes) "LLCOUNTR"    |
///    8 +-------------------------------+
///      | version (i32), 0: being made  |  written last and released
///   12 +-------------------------------+
///      | header length (i32): 256      |
///   16 +-------------------------------+
///      | process id (i64)              |
///   24 +-------------------------------+
///      | started at (i64)              |  milliseconds since 1970
///   32 +-------------------------------+
///      | metadata offset, length       |  2 × i64
///   48 +-------------------------------+
///      | values offset, length         |  2 × i64
///   64 +-------------------------------+
///      | error log offset, length      |  2 × i64
///   80 +-------------------------------+
///      | role's length (i32)           |
///   84 +-------------------------------+
///      | role (44 bytes, ASCII)        |
///  128 +-------------------------------+
///      | heartbeat (i64)               |  milliseconds since 1970; -1: closed. Alone in its pair of cache lines
///  256 +-------------------------------+
///      | metadata, values, error log   |  CountersLayout, ErrorLogLayout
///      +-------------------------------+
/// </code>
/// </summary>
public static class CountersFileLayout
{
    /// <summary>The version written and read.</summary>
    public const int Version = 1;

    /// <summary>Bytes of the header.</summary>
    public const int HeaderBytes = 256;

    /// <summary>Most characters of a role.</summary>
    public const int MaxRoleLength = 44;

    internal const int MagicOffset = 0;
    internal const int VersionOffset = 8;
    internal const int HeaderLengthOffset = 12;
    internal const int ProcessIdOffset = 16;
    internal const int StartMsOffset = 24;
    internal const int MetadataOffset = 32;
    internal const int ValuesOffset = 48;
    internal const int ErrorLogOffset = 64;
    internal const int RoleLengthOffset = 80;
    internal const int RoleOffset = 84;
    internal const int HeartbeatMsOffset = 128;

    internal const long ClosedMs = -1;

    internal static ReadOnlySpan<byte> Magic => "LLCOUNTR"u8;
}
