using System.Buffers.Binary;
using System.Text;

namespace LowLatency.Aeron.Protocol;

/// <summary>
/// Adds a subscription.
/// <code>
///    0 +-------------------------------+
///      | client id, correlation id     |
///   16 +-------------------------------+
///      | registration correlation (i64)|  ignored; -1
///   24 +-------------------------------+
///      | stream id (i32)               |
///   28 +-------------------------------+
///      | channel (i32 length, bytes)   |
///      +-------------------------------+
/// </code>
/// </summary>
internal readonly record struct SubscriptionMessage(CorrelatedMessage Prefix, int StreamId, string Channel)
{
    public const int RegistrationCorrelationIdOffset = 16;
    public const int StreamIdOffset = 24;
    public const int ChannelOffset = 28;

    public static bool TryRead(ReadOnlySpan<byte> body, out SubscriptionMessage message)
    {
        message = default;
        if (!CorrelatedMessage.TryRead(body, out CorrelatedMessage prefix) || !MessageText.TryRead(body, ChannelOffset, out ReadOnlySpan<byte> channel)) return false;
        message = new SubscriptionMessage(prefix, BinaryPrimitives.ReadInt32LittleEndian(body[StreamIdOffset..]), Encoding.UTF8.GetString(channel));
        return true;
    }

    public int Write(Span<byte> body)
    {
        Prefix.Write(body);
        BinaryPrimitives.WriteInt64LittleEndian(body[RegistrationCorrelationIdOffset..], -1);
        BinaryPrimitives.WriteInt32LittleEndian(body[StreamIdOffset..], StreamId);
        return MessageText.Write(body, ChannelOffset, Channel);
    }
}
