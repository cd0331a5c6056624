using System.Buffers.Binary;

namespace LowLatency.Aeron.Protocol;

/// <summary>
/// A subscription has lost an image.
/// <code>
///    0 +-------------------------------+
///      | correlation id (i64)          |  of the image
///    8 +-------------------------------+
///      | subscription's id (i64)       |
///   16 +-------------------------------+
///      | stream id (i32)               |
///   20 +-------------------------------+
///      | channel (i32 length, bytes)   |
///      +-------------------------------+
/// </code>
/// </summary>
internal readonly record struct UnavailableImageEvent(long CorrelationId, long SubscriptionId, int StreamId, string Channel)
{
    public const int SubscriptionIdOffset = 8;
    public const int StreamIdOffset = 16;
    public const int ChannelOffset = 20;

    public static bool TryRead(ReadOnlySpan<byte> body, out UnavailableImageEvent message)
    {
        message = default;
        if (!MessageText.TryRead(body, ChannelOffset, out ReadOnlySpan<byte> channel)) return false;
        message = new UnavailableImageEvent(
            BinaryPrimitives.ReadInt64LittleEndian(body),
            BinaryPrimitives.ReadInt64LittleEndian(body[SubscriptionIdOffset..]),
            BinaryPrimitives.ReadInt32LittleEndian(body[StreamIdOffset..]),
            System.Text.Encoding.UTF8.GetString(channel));
        return true;
    }

    public int Write(Span<byte> body)
    {
        BinaryPrimitives.WriteInt64LittleEndian(body, CorrelationId);
        BinaryPrimitives.WriteInt64LittleEndian(body[SubscriptionIdOffset..], SubscriptionId);
        BinaryPrimitives.WriteInt32LittleEndian(body[StreamIdOffset..], StreamId);
        return MessageText.Write(body, ChannelOffset, Channel);
    }
}
