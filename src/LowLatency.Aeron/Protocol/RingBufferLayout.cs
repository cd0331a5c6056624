namespace LowLatency.Aeron.Protocol;

/// <summary>
/// A many-to-one ring buffer: data, a power of two long, and behind it a trailer whose words lie 128 bytes apart. Positions grow without limit;
/// the index of one is its rest modulo the capacity.
/// <code>
///    0 +-------------------------------+
///      | records, each aligned to 8    |
///    c +-------------------------------+  c: the capacity
///      | padding                       |
/// +128 +-------------------------------+
///      | tail position (i64)           |  producers, compare and set
/// +256 +-------------------------------+
///      | head cache position (i64)     |  producers, release
/// +384 +-------------------------------+
///      | head position (i64)           |  consumer, release
/// +512 +-------------------------------+
///      | correlation id counter (i64)  |  anyone, atomic add
/// +640 +-------------------------------+
///      | consumer heartbeat (i64)      |  consumer, release; ms since 1970, 0 not started, -1 shut down
/// +768 +-------------------------------+
/// </code>
/// A record:
/// <code>
///    0 +-------------------------------+
///      | length (i32)                  |  header included, not aligned; 0 free, negative while it is written
///    4 +-------------------------------+
///      | type (i32)                    |  from 1; -1 is padding
///    8 +-------------------------------+
///      | message                       |
///      +-------------------------------+
/// </code>
/// </summary>
internal static class RingBufferLayout
{
    public const int TrailerLength = 768;
    public const int TailPositionOffset = 128;
    public const int HeadCachePositionOffset = 256;
    public const int HeadPositionOffset = 384;
    public const int CorrelationIdOffset = 512;
    public const int ConsumerHeartbeatMsOffset = 640;

    public const int LeastCapacity = 8;
    public const int RecordHeaderLength = 8;
    public const int RecordLengthOffset = 0;
    public const int RecordTypeOffset = 4;
    public const int RecordAlignment = 8;
    public const int PaddingType = -1;

    /// <summary>What the heartbeat says once the consumer has shut down in order.</summary>
    public const long ShutDownMs = -1;

    public static int Align(int length) => (length + RecordAlignment - 1) & ~(RecordAlignment - 1);
}
