using System.Buffers.Binary;
using System.Text;

namespace LowLatency.Aeron.Protocol;

/// <summary>
/// A subscriber of a publication reports an error, an image rejected for one. Of its fields a client reads three; an IPC driver has nothing to say in the others.
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
    public const int DestinationOffset = 8;
    public const int SessionIdOffset = 16;
    public const int StreamIdOffset = 20;
    public const int ReceiverIdOffset = 24;
    public const int GroupTagOffset = 32;
    public const int AddressTypeOffset = 40;
    public const int AddressOffset = 44;
    public const int CodeOffset = 60;
    public const int MessageOffset = 64;

    private const int LeastLength = 72;
    private const byte Ipv4 = 1;

    private static ReadOnlySpan<byte> Loopback => [127, 0, 0, 1];

    public static bool TryRead(ReadOnlySpan<byte> body, out PublicationErrorEvent message)
    {
        message = default;
        if (!MessageText.TryRead(body, MessageOffset, out ReadOnlySpan<byte> text)) return false;
        var code = (AeronErrorCode)BinaryPrimitives.ReadInt32LittleEndian(body[CodeOffset..]);
        message = new PublicationErrorEvent(BinaryPrimitives.ReadInt64LittleEndian(body), code, Encoding.UTF8.GetString(text));
        return true;
    }

    /// <summary>Writes it as one of IPC: no destination, receiver or group, and the address of this machine.</summary>
    public int Write(Span<byte> body, int sessionId, int streamId)
    {
        BinaryPrimitives.WriteInt64LittleEndian(body, RegistrationId);
        BinaryPrimitives.WriteInt64LittleEndian(body[DestinationOffset..], -1);
        BinaryPrimitives.WriteInt32LittleEndian(body[SessionIdOffset..], sessionId);
        BinaryPrimitives.WriteInt32LittleEndian(body[StreamIdOffset..], streamId);
        BinaryPrimitives.WriteInt64LittleEndian(body[ReceiverIdOffset..], -1);
        BinaryPrimitives.WriteInt64LittleEndian(body[GroupTagOffset..], -1);
        body[AddressTypeOffset..CodeOffset].Clear();
        body[AddressTypeOffset] = Ipv4;
        Loopback.CopyTo(body[AddressOffset..]);
        BinaryPrimitives.WriteInt32LittleEndian(body[CodeOffset..], (int)Code);
        int end = MessageText.Write(body, MessageOffset, Message);
        // The official client of C takes none with a text shorter than four bytes.
        if (end >= LeastLength) return end;
        body[end..LeastLength].Clear();
        return LeastLength;
    }
}
