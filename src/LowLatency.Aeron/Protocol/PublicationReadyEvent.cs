using System.Buffers.Binary;
using System.Text;

namespace LowLatency.Aeron.Protocol;

/// <summary>
/// A publication is there, concurrent or exclusive.
/// <code>
///    0 +-------------------------------+
///      | correlation id (i64)          |  of the command that added it
///    8 +-------------------------------+
///      | registration id (i64)         |  of the first publication of this log
///   16 +-------------------------------+
///      | session id (i32)              |
///   20 +-------------------------------+
///      | stream id (i32)               |
///   24 +-------------------------------+
///      | publisher limit counter (i32) |
///   28 +-------------------------------+
///      | channel status counter (i32)  |  -1 of IPC
///   32 +-------------------------------+
///      | log file (i32 length, bytes)  |
///      +-------------------------------+
/// </code>
/// </summary>
internal readonly record struct PublicationReadyEvent(long CorrelationId, long RegistrationId, int SessionId, int StreamId, int LimitCounterId, int ChannelStatusId, string LogFile)
{
    public const int RegistrationIdOffset = 8;
    public const int SessionIdOffset = 16;
    public const int StreamIdOffset = 20;
    public const int LimitCounterIdOffset = 24;
    public const int ChannelStatusIdOffset = 28;
    public const int LogFileOffset = 32;

    public static bool TryRead(ReadOnlySpan<byte> body, out PublicationReadyEvent message)
    {
        message = default;
        if (!MessageText.TryRead(body, LogFileOffset, out ReadOnlySpan<byte> file)) return false;
        message = new PublicationReadyEvent(
            BinaryPrimitives.ReadInt64LittleEndian(body),
            BinaryPrimitives.ReadInt64LittleEndian(body[RegistrationIdOffset..]),
            BinaryPrimitives.ReadInt32LittleEndian(body[SessionIdOffset..]),
            BinaryPrimitives.ReadInt32LittleEndian(body[StreamIdOffset..]),
            BinaryPrimitives.ReadInt32LittleEndian(body[LimitCounterIdOffset..]),
            BinaryPrimitives.ReadInt32LittleEndian(body[ChannelStatusIdOffset..]),
            Encoding.UTF8.GetString(file));
        return true;
    }

    public int Write(Span<byte> body)
    {
        BinaryPrimitives.WriteInt64LittleEndian(body, CorrelationId);
        BinaryPrimitives.WriteInt64LittleEndian(body[RegistrationIdOffset..], RegistrationId);
        BinaryPrimitives.WriteInt32LittleEndian(body[SessionIdOffset..], SessionId);
        BinaryPrimitives.WriteInt32LittleEndian(body[StreamIdOffset..], StreamId);
        BinaryPrimitives.WriteInt32LittleEndian(body[LimitCounterIdOffset..], LimitCounterId);
        BinaryPrimitives.WriteInt32LittleEndian(body[ChannelStatusIdOffset..], ChannelStatusId);
        return MessageText.Write(body, LogFileOffset, LogFile);
    }
}
