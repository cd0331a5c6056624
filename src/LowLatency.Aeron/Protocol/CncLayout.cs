using System.Numerics;
using LowLatency.Core.Counters;

namespace LowLatency.Aeron.Protocol;

/// <summary>
/// The driver's command-and-control file, <c>cnc.dat</c>, version 0.2: a header, then five buffers back to back.
/// <code>
///    0 +-------------------------------+
///      | version (i32)                 |  0 until all else is there; written last and released
///    4 +-------------------------------+
///      | to-driver length (i32)        |
///    8 +-------------------------------+
///      | to-clients length (i32)       |
///   12 +-------------------------------+
///      | counters metadata length (i32)|
///   16 +-------------------------------+
///      | counters values length (i32)  |
///   20 +-------------------------------+
///      | error log length (i32)        |
///   24 +-------------------------------+
///      | client liveness timeout (i64) |  nanoseconds
///   32 +-------------------------------+
///      | start (i64)                   |  milliseconds since 1970
///   40 +-------------------------------+
///      | process id (i64)              |
///   48 +-------------------------------+
///      | file page size (i32)          |
///   52 +-------------------------------+
///      | unused                        |
///  128 +-------------------------------+
///      | to-driver ring                |
///      | to-clients broadcast          |
///      | counters metadata             |
///      | counters values               |
///      | error log                     |
///      +-------------------------------+
/// </code>
/// </summary>
internal readonly record struct CncLayout(int ToDriverLength, int ToClientsLength, int MetadataLength, int ValuesLength, int ErrorLogLength)
{
    public const string FileName = "cnc.dat";

    public const int HeaderLength = 128;
    public const int VersionOffset = 0;
    public const int ToDriverLengthOffset = 4;
    public const int ToClientsLengthOffset = 8;
    public const int MetadataLengthOffset = 12;
    public const int ValuesLengthOffset = 16;
    public const int ErrorLogLengthOffset = 20;
    public const int ClientLivenessTimeoutNsOffset = 24;
    public const int StartMsOffset = 32;
    public const int ProcessIdOffset = 40;
    public const int FilePageSizeOffset = 48;

    /// <summary>0.2.0: major in bits 16 to 23, minor in 8 to 15, patch in 0 to 7.</summary>
    public const int Version = 2 << 8;

    public static long ToDriverOffset => HeaderLength;

    public long ToClientsOffset => ToDriverOffset + ToDriverLength;

    public long MetadataOffset => ToClientsOffset + ToClientsLength;

    public long ValuesOffset => MetadataOffset + MetadataLength;

    public long ErrorLogOffset => ValuesOffset + ValuesLength;

    public long Length => ErrorLogOffset + ErrorLogLength;

    /// <summary>Whether buffers of these lengths can be what their names say.</summary>
    public bool IsSound =>
        IsPowerOfTwo(ToDriverLength - RingBufferLayout.TrailerLength, RingBufferLayout.LeastCapacity)
        && IsPowerOfTwo(ToClientsLength - BroadcastLayout.TrailerLength, BroadcastLayout.LeastCapacity)
        && ValuesLength >= CountersLayout.ValueBytes && ValuesLength % 8 == 0
        && MetadataLength % 8 == 0 && MetadataLength / CountersLayout.MetadataBytes >= ValuesLength / CountersLayout.ValueBytes
        && ErrorLogLength >= 0;

    public static int MajorOf(int version) => version >> 16;

    private static bool IsPowerOfTwo(int length, int least) => length >= least && BitOperations.IsPow2(length);
}
