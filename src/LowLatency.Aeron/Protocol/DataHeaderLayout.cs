namespace LowLatency.Aeron.Protocol;

/// <summary>
/// The header of a frame in a term. Frames are aligned to 32 bytes, so that there is always room for a header of padding. The first two fields
/// are one aligned word of 64 bits, and so are the pairs behind.
/// <code>
///    0 +-------------------------------+
///      | frame length (i32)            |  header included, not aligned; 0 nothing yet, negative while it is written
///    4 +---------------+---------------+
///      | version (u8)  | flags (u8)    |
///    6 +---------------+---------------+
///      | type (u16)                    |
///    8 +-------------------------------+
///      | term offset (i32)             |
///   12 +-------------------------------+
///      | session id (i32)              |
///   16 +-------------------------------+
///      | stream id (i32)               |
///   20 +-------------------------------+
///      | term id (i32)                 |
///   24 +-------------------------------+
///      | reserved value (i64)          |  the user's; 0 when nothing is said
///   32 +-------------------------------+
///      | payload                       |
///      +-------------------------------+
/// </code>
/// </summary>
internal static class DataHeaderLayout
{
    public const int Length = 32;
    public const int FrameLengthOffset = 0;
    public const int VersionOffset = 4;
    public const int FlagsOffset = 5;
    public const int TypeOffset = 6;
    public const int TermOffsetOffset = 8;
    public const int SessionIdOffset = 12;
    public const int StreamIdOffset = 16;
    public const int TermIdOffset = 20;
    public const int ReservedValueOffset = 24;

    public const int FrameAlignment = 32;

    public const byte BeginFlag = 0x80;
    public const byte EndFlag = 0x40;
    public const byte Unfragmented = BeginFlag | EndFlag;

    public const ushort PaddingType = 0;
    public const ushort DataType = 1;

    public static int Align(int length) => (length + FrameAlignment - 1) & ~(FrameAlignment - 1);

    public static long Align(long length) => (length + FrameAlignment - 1) & ~(FrameAlignment - 1L);

    /// <summary>Version 0, flags and type as the 32-bit word at <see cref="VersionOffset"/>.</summary>
    public static int Word(byte flags, ushort type) => (flags << 8) | (type << 16);

    public static byte FlagsOf(int word) => (byte)(word >> 8);

    public static ushort TypeOf(int word) => (ushort)(word >> 16);

    /// <summary>Two 32-bit fields as one word, the first at the lower address.</summary>
    public static long Pair(int first, int second) => ((long)second << 32) | (uint)first;
}
