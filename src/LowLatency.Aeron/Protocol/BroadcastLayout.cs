namespace LowLatency.Aeron.Protocol;

/// <summary>
/// A broadcast buffer, one transmitter and any number of receivers that it never waits for: data, a power of two long, and a trailer. Records are
/// laid out as in <see cref="RingBufferLayout"/>.
/// <code>
///    0 +-------------------------------+
///      | records, each aligned to 8    |
///    c +-------------------------------+  c: the capacity
///      | tail intent (i64)             |  up to where the transmitter is about to write; before it does
///   +8 +-------------------------------+
///      | tail (i64)                    |  up to where all is written
///  +16 +-------------------------------+
///      | latest (i64)                  |  where the last record begins
///  +24 +-------------------------------+
///      | padding                       |
/// +128 +-------------------------------+
/// </code>
/// </summary>
internal static class BroadcastLayout
{
    public const int TrailerLength = 128;
    public const int TailIntentOffset = 0;
    public const int TailOffset = 8;
    public const int LatestOffset = 16;
    public const int LeastCapacity = 64;
}
