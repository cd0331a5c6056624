using System.Buffers.Binary;

namespace LowLatency.Aeron.Protocol;

/// <summary>
/// Removes a publication, subscription or counter.
/// <code>
///    0 +-------------------------------+
///      | client id, correlation id     |
///   16 +-------------------------------+
///      | registration id (i64)         |
///   24 +-------------------------------+
///      | flags (i64)                   |  of publications only, and not from older clients; bit 0: revoke
///   32 +-------------------------------+
/// </code>
/// </summary>
internal readonly record struct RemoveMessage(CorrelatedMessage Prefix, long RegistrationId, long Flags)
{
    public const int RegistrationIdOffset = 16;
    public const int FlagsOffset = 24;
    public const int LeastLength = 24;
    public const int LengthWithFlags = 32;
    public const long RevokeFlag = 1;

    public static bool TryRead(ReadOnlySpan<byte> body, out RemoveMessage message)
    {
        message = default;
        if (body.Length < LeastLength || !CorrelatedMessage.TryRead(body, out CorrelatedMessage prefix)) return false;
        long flags = body.Length >= LengthWithFlags ? BinaryPrimitives.ReadInt64LittleEndian(body[FlagsOffset..]) : 0;
        message = new RemoveMessage(prefix, BinaryPrimitives.ReadInt64LittleEndian(body[RegistrationIdOffset..]), flags);
        return true;
    }

    public int Write(Span<byte> body, bool withFlags)
    {
        Prefix.Write(body);
        BinaryPrimitives.WriteInt64LittleEndian(body[RegistrationIdOffset..], RegistrationId);
        if (!withFlags) return LeastLength;
        BinaryPrimitives.WriteInt64LittleEndian(body[FlagsOffset..], Flags);
        return LengthWithFlags;
    }
}
