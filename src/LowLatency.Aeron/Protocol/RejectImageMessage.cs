using System.Buffers.Binary;
using System.Text;

namespace LowLatency.Aeron.Protocol;

/// <summary>
/// Rejects an image: its publisher is told why, and loses its subscribers for a while.
/// <code>
///    0 +-------------------------------+
///      | client id, correlation id     |  0 from some clients
///   16 +-------------------------------+
///      | image correlation id (i64)    |  the registration id of the log's first publication
///   24 | position (i64)                |
///      +-------------------------------+
///   32 | reason (i32 length, bytes)    |
///      +-------------------------------+
/// </code>
/// </summary>
internal readonly record struct RejectImageMessage(CorrelatedMessage Prefix, long ImageCorrelationId, long Position, string Reason)
{
    public const int ImageCorrelationIdOffset = 16;
    public const int PositionOffset = 24;
    public const int ReasonOffset = 32;

    /// <summary>The official driver takes no shorter one.</summary>
    public const int LeastLength = 40;

    public const int MaxReasonBytes = 1023;

    public static bool TryRead(ReadOnlySpan<byte> body, out RejectImageMessage message)
    {
        message = default;
        if (body.Length < LeastLength || !CorrelatedMessage.TryRead(body, out CorrelatedMessage prefix)) return false;
        if (!MessageText.TryRead(body, ReasonOffset, out ReadOnlySpan<byte> reason)) return false;
        long image = BinaryPrimitives.ReadInt64LittleEndian(body[ImageCorrelationIdOffset..]);
        message = new RejectImageMessage(prefix, image, BinaryPrimitives.ReadInt64LittleEndian(body[PositionOffset..]), Encoding.UTF8.GetString(reason));
        return true;
    }

    public int Write(Span<byte> body)
    {
        Prefix.Write(body);
        BinaryPrimitives.WriteInt64LittleEndian(body[ImageCorrelationIdOffset..], ImageCorrelationId);
        BinaryPrimitives.WriteInt64LittleEndian(body[PositionOffset..], Position);
        int end = MessageText.Write(body, ReasonOffset, Reason);
        if (end >= LeastLength) return end;
        body[end..LeastLength].Clear();
        return LeastLength;
    }
}
