using System.Buffers.Binary;
using System.Text;

namespace LowLatency.Aeron.Protocol;

/// <summary>
/// Adds a counter that is nobody's and stays as long as the driver, or finds the one of that type and registration id.
/// <code>
///    0 +-------------------------------+
///      | client id, correlation id     |
///   16 +-------------------------------+
///      | registration id (i64)         |  the user's
///   24 +-------------------------------+
///      | type id (i32)                 |
///   28 +-------------------------------+
///      | key (i32 length, bytes)       |
///      | label (i32 length, bytes)     |  at a multiple of 4 behind the key
///      +-------------------------------+
/// </code>
/// </summary>
internal readonly ref struct StaticCounterMessage(CorrelatedMessage prefix, long registrationId, int typeId, ReadOnlySpan<byte> key, string label)
{
    public const int RegistrationIdOffset = 16;
    public const int TypeIdOffset = 24;
    public const int KeyOffset = 28;

    public CorrelatedMessage Prefix { get; } = prefix;

    public long RegistrationId { get; } = registrationId;

    public int TypeId { get; } = typeId;

    public ReadOnlySpan<byte> Key { get; } = key;

    public string Label { get; } = label;

    public static bool TryRead(ReadOnlySpan<byte> body, out StaticCounterMessage message)
    {
        message = default;
        if (!CorrelatedMessage.TryRead(body, out CorrelatedMessage prefix) || !MessageText.TryRead(body, KeyOffset, out ReadOnlySpan<byte> key)) return false;
        if (!MessageText.TryRead(body, LabelOffset(key.Length), out ReadOnlySpan<byte> label)) return false;
        long registrationId = BinaryPrimitives.ReadInt64LittleEndian(body[RegistrationIdOffset..]);
        message = new StaticCounterMessage(prefix, registrationId, BinaryPrimitives.ReadInt32LittleEndian(body[TypeIdOffset..]), key, Encoding.UTF8.GetString(label));
        return true;
    }

    public int Write(Span<byte> body)
    {
        Prefix.Write(body);
        BinaryPrimitives.WriteInt64LittleEndian(body[RegistrationIdOffset..], RegistrationId);
        BinaryPrimitives.WriteInt32LittleEndian(body[TypeIdOffset..], TypeId);
        int end = MessageText.Write(body, KeyOffset, Key);
        body[end..LabelOffset(Key.Length)].Clear();
        return MessageText.Write(body, LabelOffset(Key.Length), Label);
    }

    private static int LabelOffset(int keyLength) => KeyOffset + MessageText.LengthBytes + MessageText.Align(keyLength);
}
