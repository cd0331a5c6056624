using System.Buffers.Binary;
using System.Text;

namespace LowLatency.Aeron.Protocol;

/// <summary>
/// Adds a publication, concurrent or exclusive.
/// <code>
///    0 +-------------------------------+
///      | client id, correlation id     |
///   16 +-------------------------------+
///      | stream id (i32)               |
///   20 +-------------------------------+
///      | channel (i32 length, bytes)   |
///      +-------------------------------+
/// </code>
/// </summary>
internal readonly record struct PublicationMessage(CorrelatedMessage Prefix, int StreamId, string Channel)
{
    public const int StreamIdOffset = 16;
    public const int ChannelOffset = 20;

    public static bool TryRead(ReadOnlySpan<byte> body, out PublicationMessage message)
    {
        message = default;
        if (!CorrelatedMessage.TryRead(body, out CorrelatedMessage prefix) || !MessageText.TryRead(body, ChannelOffset, out ReadOnlySpan<byte> channel)) return false;
        message = new PublicationMessage(prefix, BinaryPrimitives.ReadInt32LittleEndian(body[StreamIdOffset..]), Encoding.UTF8.GetString(channel));
        return true;
    }

    public int Write(Span<byte> body)
    {
        Prefix.Write(body);
        BinaryPrimitives.WriteInt32LittleEndian(body[StreamIdOffset..], StreamId);
        return MessageText.Write(body, ChannelOffset, Channel);
    }
}
