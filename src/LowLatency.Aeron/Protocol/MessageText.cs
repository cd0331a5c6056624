using System.Buffers.Binary;
using System.Text;

namespace LowLatency.Aeron.Protocol;

/// <summary>Texts in messages: an i32 length and the bytes, no terminator. A second text begins at a multiple of four.</summary>
internal static class MessageText
{
    public const int LengthBytes = 4;

    /// <summary>Reads the bytes of a text, if all of them are in the message.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, int offset, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (offset < 0 || body.Length - offset < LengthBytes) return false;
        int length = BinaryPrimitives.ReadInt32LittleEndian(body[offset..]);
        if (length < 0 || length > body.Length - offset - LengthBytes) return false;
        text = body.Slice(offset + LengthBytes, length);
        return true;
    }

    /// <summary>Writes a text; returns the offset behind it.</summary>
    public static int Write(Span<byte> body, int offset, string text)
    {
        int length = Encoding.UTF8.GetBytes(text, body[(offset + LengthBytes)..]);
        BinaryPrimitives.WriteInt32LittleEndian(body[offset..], length);
        return offset + LengthBytes + length;
    }

    /// <summary>Writes bytes as a text; returns the offset behind them.</summary>
    public static int Write(Span<byte> body, int offset, ReadOnlySpan<byte> text)
    {
        text.CopyTo(body[(offset + LengthBytes)..]);
        BinaryPrimitives.WriteInt32LittleEndian(body[offset..], text.Length);
        return offset + LengthBytes + text.Length;
    }

    public static int Align(int length) => (length + 3) & ~3;
}
