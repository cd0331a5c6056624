using System.Buffers.Binary;

namespace LowLatency.Aeron.Protocol;

/// <summary>
/// What every command begins with; keepalive and close of a client are no more than this.
/// <code>
///    0 +-------------------------------+
///      | client id (i64)               |
///    8 +-------------------------------+
///      | correlation id (i64)          |
///   16 +-------------------------------+
/// </code>
/// </summary>
internal readonly record struct CorrelatedMessage(long ClientId, long CorrelationId)
{
    public const int ClientIdOffset = 0;
    public const int CorrelationIdOffset = 8;
    public const int Length = 16;

    public static bool TryRead(ReadOnlySpan<byte> body, out CorrelatedMessage message)
    {
        message = default;
        if (body.Length < Length) return false;
        message = new CorrelatedMessage(BinaryPrimitives.ReadInt64LittleEndian(body[ClientIdOffset..]), BinaryPrimitives.ReadInt64LittleEndian(body[CorrelationIdOffset..]));
        return true;
    }

    public int Write(Span<byte> body)
    {
        BinaryPrimitives.WriteInt64LittleEndian(body[ClientIdOffset..], ClientId);
        BinaryPrimitives.WriteInt64LittleEndian(body[CorrelationIdOffset..], CorrelationId);
        return Length;
    }
}
