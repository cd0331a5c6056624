using System.Buffers.Binary;
using System.Text;

namespace LowLatency.Aeron.Protocol;

/// <summary>
/// A subscription has a new image.
/// <code>
///    0 +-------------------------------+
///      | correlation id (i64)          |  registration id of the publication: identifies the log
///    8 +-------------------------------+
///      | session id (i32)              |
///   12 +-------------------------------+
///      | stream id (i32)               |
///   16 +-------------------------------+
///      | subscription's id (i64)       |
///   24 +-------------------------------+
///      | position counter (i32)        |
///   28 +-------------------------------+
///      | log file (i32 length, bytes)  |
///      | source (i32 length, bytes)    |  at a multiple of 4 behind the file; "aeron:ipc" of IPC
///      +-------------------------------+
/// </code>
/// </summary>
internal readonly record struct AvailableImageEvent(long CorrelationId, int SessionId, int StreamId, long SubscriptionId, int PositionCounterId, string LogFile, string Source)
{
    public const int SessionIdOffset = 8;
    public const int StreamIdOffset = 12;
    public const int SubscriptionIdOffset = 16;
    public const int PositionCounterIdOffset = 24;
    public const int LogFileOffset = 28;

    public static bool TryRead(ReadOnlySpan<byte> body, out AvailableImageEvent message)
    {
        message = default;
        if (!MessageText.TryRead(body, LogFileOffset, out ReadOnlySpan<byte> file) || !MessageText.TryRead(body, SourceOffset(file.Length), out ReadOnlySpan<byte> source))
            return false;
        message = new AvailableImageEvent(
            BinaryPrimitives.ReadInt64LittleEndian(body),
            BinaryPrimitives.ReadInt32LittleEndian(body[SessionIdOffset..]),
            BinaryPrimitives.ReadInt32LittleEndian(body[StreamIdOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(body[SubscriptionIdOffset..]),
            BinaryPrimitives.ReadInt32LittleEndian(body[PositionCounterIdOffset..]),
            Encoding.UTF8.GetString(file),
            Encoding.UTF8.GetString(source));
        return true;
    }

    public int Write(Span<byte> body)
    {
        BinaryPrimitives.WriteInt64LittleEndian(body, CorrelationId);
        BinaryPrimitives.WriteInt32LittleEndian(body[SessionIdOffset..], SessionId);
        BinaryPrimitives.WriteInt32LittleEndian(body[StreamIdOffset..], StreamId);
        BinaryPrimitives.WriteInt64LittleEndian(body[SubscriptionIdOffset..], SubscriptionId);
        BinaryPrimitives.WriteInt32LittleEndian(body[PositionCounterIdOffset..], PositionCounterId);
        int end = MessageText.Write(body, LogFileOffset, LogFile);
        int source = SourceOffset(end - LogFileOffset - MessageText.LengthBytes);
        body[end..source].Clear();
        return MessageText.Write(body, source, Source);
    }

    private static int SourceOffset(int fileLength) => LogFileOffset + MessageText.LengthBytes + MessageText.Align(fileLength);
}
