using System.Buffers.Binary;

namespace LowLatency.Aeron.Protocol;

/// <summary>
/// An event of one id: operation succeeded (correlation id), client timed out (client id). With a number behind it: subscription ready
/// (channel status), counter ready, counter gone (counter id), next session id.
/// <code>
///    0 +-------------------------------+
///      | id (i64)                      |
///    8 +-------------------------------+
///      | number (i32)                  |  not always
///   12 +-------------------------------+
/// </code>
/// </summary>
internal readonly record struct NumberedEvent(long Id, int Number)
{
    public const int NumberOffset = 8;
    public const int LengthOfId = 8;
    public const int Length = 12;

    /// <summary>Reads one; <see cref="Number"/> is 0 when there is none and none is needed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, bool needsNumber, out NumberedEvent message)
    {
        message = default;
        if (body.Length < (needsNumber ? Length : LengthOfId)) return false;
        message = new NumberedEvent(BinaryPrimitives.ReadInt64LittleEndian(body), needsNumber ? BinaryPrimitives.ReadInt32LittleEndian(body[NumberOffset..]) : 0);
        return true;
    }

    public int Write(Span<byte> body)
    {
        BinaryPrimitives.WriteInt64LittleEndian(body, Id);
        BinaryPrimitives.WriteInt32LittleEndian(body[NumberOffset..], Number);
        return Length;
    }

    public int WriteId(Span<byte> body)
    {
        BinaryPrimitives.WriteInt64LittleEndian(body, Id);
        return LengthOfId;
    }
}
