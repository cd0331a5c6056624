using System.Buffers.Binary;
using System.Text;

namespace LowLatency.Aeron.Protocol;

/// <summary>
/// A command has failed.
/// <code>
///    0 +-------------------------------+
///      | offending correlation id (i64)|
///    8 +-------------------------------+
///      | error code (i32)              |
///   12 +-------------------------------+
///      | message (i32 length, bytes)   |
///      +-------------------------------+
/// </code>
/// </summary>
internal readonly record struct ErrorEvent(long CorrelationId, AeronErrorCode Code, string Message)
{
    public const int CodeOffset = 8;
    public const int MessageOffset = 12;

    public static bool TryRead(ReadOnlySpan<byte> body, out ErrorEvent message)
    {
        message = default;
        if (!MessageText.TryRead(body, MessageOffset, out ReadOnlySpan<byte> text)) return false;
        message = new ErrorEvent(BinaryPrimitives.ReadInt64LittleEndian(body), (AeronErrorCode)BinaryPrimitives.ReadInt32LittleEndian(body[CodeOffset..]), Encoding.UTF8.GetString(text));
        return true;
    }

    public int Write(Span<byte> body)
    {
        BinaryPrimitives.WriteInt64LittleEndian(body, CorrelationId);
        BinaryPrimitives.WriteInt32LittleEndian(body[CodeOffset..], (int)Code);
        return MessageText.Write(body, MessageOffset, Message);
    }
}
