using System.Buffers.Binary;
using System.Text;
using LowLatency.Core.Counters;

namespace LowLatency.Aeron.Protocol;

/// <summary>
/// The key of a counter that belongs to a stream.
/// <code>
///    0 +-------------------------------+
///      | registration id (i64)         |
///    8 +-------------------------------+
///      | session id (i32)              |
///   12 +-------------------------------+
///      | stream id (i32)               |
///   16 +-------------------------------+
///      | length of the channel (i32)   |
///   20 +-------------------------------+
///      | channel, at most 92 bytes     |
///  112 +-------------------------------+
/// </code>
/// </summary>
internal static class StreamKey
{
    public const int RegistrationIdOffset = 0;
    public const int SessionIdOffset = 8;
    public const int StreamIdOffset = 12;
    public const int ChannelLengthOffset = 16;
    public const int ChannelOffset = 20;
    public const int MaxChannelLength = CountersLayout.MaxKeyBytes - ChannelOffset;

    /// <summary>Writes one into <see cref="CountersLayout.MaxKeyBytes"/> zeroed bytes.</summary>
    public static void Write(Span<byte> key, long registrationId, int sessionId, int streamId, string channel)
    {
        BinaryPrimitives.WriteInt64LittleEndian(key[RegistrationIdOffset..], registrationId);
        BinaryPrimitives.WriteInt32LittleEndian(key[SessionIdOffset..], sessionId);
        BinaryPrimitives.WriteInt32LittleEndian(key[StreamIdOffset..], streamId);
        Encoding.UTF8.GetEncoder().Convert(channel, key.Slice(ChannelOffset, MaxChannelLength), flush: true, out _, out int length, out _);
        BinaryPrimitives.WriteInt32LittleEndian(key[ChannelLengthOffset..], length);
    }
}
