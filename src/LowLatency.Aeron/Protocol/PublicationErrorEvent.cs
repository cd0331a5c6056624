using System.Buffers.Binary;
using System.Text;

namespace LowLatency.Aeron.Protocol;

/// <summary>
/// A subscriber of a publication reports an error, an image rejected for one; only what a client reads of it.
/// <code>
///    0 +-------------------------------+
///      | registration id (i64)         |
///    8 | destination id (i64)          |
///   16 | session id (i32)              |
///   20 | stream id (i32)               |
///   24 | receiver id (i64)             |
///   32 | group tag (i64)               |
///   40 | address type, port, address   |
///   60 +-------------------------------+
///      | error code (i32)              |
///   64 +-------------------------------+
///      | message (i32 length, bytes)   |
///      +-------------------------------+
/// </code>
/// </summary>
internal readonly record struct PublicationErrorEvent(long RegistrationId, AeronErrorCode Code, string Message)
{
    public const int CodeOffset = 60;
    public const int MessageOffset = 64;

    public static bool TryRead(ReadOnlySpan<byte> body, out PublicationErrorEvent message)
    {
        message = default;
        if (!MessageText.TryRead(body, MessageOffset, out ReadOnlySpan<byte> text)) return false;
        message = new PublicationErrorEvent(BinaryPrimitives.ReadInt64LittleEndian(body), (AeronErrorCode)BinaryPrimitives.ReadInt32LittleEndian(body[CodeOffset..]), Encoding.UTF8.GetString(text));
        return true;
    }
}
