using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace LowLatency.Storage.QuestDb.Protocol;

/// <summary>Text as lines have it: names and symbols unquoted, strings within quotes, with a backslash before what would end them.</summary>
public static class IlpText
{
    private static readonly SearchValues<byte> EscapedUnquoted = SearchValues.Create(" ,=\\\n\r"u8);
    private static readonly SearchValues<byte> EscapedQuoted = SearchValues.Create("\"\\\n\r"u8);

    /// <summary>Writes a name or a symbol.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="destination">Twice as long as the text.</param>
    /// <returns>Bytes written.</returns>
    public static int WriteUnquoted(ReadOnlySpan<byte> utf8, Span<byte> destination) => Write(utf8, destination, EscapedUnquoted);

    /// <summary>Writes the inside of a string.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="destination">Twice as long as the text.</param>
    /// <returns>Bytes written.</returns>
    public static int WriteQuoted(ReadOnlySpan<byte> utf8, Span<byte> destination) => Write(utf8, destination, EscapedQuoted);

    /// <summary>Appends UTF-16 text, escaped. All characters are taken whole, those beyond the basic plane too.</summary>
    /// <param name="text">The text.</param>
    /// <param name="quoted">Whether it stands within quotes.</param>
    /// <param name="buffer">Where to.</param>
    /// <exception cref="ArgumentException">The text has half a surrogate pair, which is no character.</exception>
    internal static void Append(ReadOnlySpan<char> text, bool quoted, IlpBuffer buffer)
    {
        // The text is written behind the room that its escaped form can need, then escaped to the front.
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> room = buffer.Reserve(most * 3);
        Span<byte> plain = room.Slice(most * 2, most);
        if (Utf8.FromUtf16(text, plain, out int read, out int written, replaceInvalidSequences: false) != OperationStatus.Done)
            throw new ArgumentException($"The text has half a surrogate pair at character {read}, which is no character: '{text[..Math.Min(read, 64)]}' stands before it.");
        buffer.Advance(Write(plain[..written], room, quoted ? EscapedQuoted : EscapedUnquoted));
    }

    private static int Write(ReadOnlySpan<byte> utf8, Span<byte> destination, SearchValues<byte> escaped)
    {
        int at = 0;
        while (true)
        {
            int next = utf8.IndexOfAny(escaped);
            if (next < 0) break;
            utf8[..next].CopyTo(destination[at..]);
            at += next;
            destination[at++] = (byte)'\\';
            destination[at++] = utf8[next];
            utf8 = utf8[(next + 1)..];
        }

        utf8.CopyTo(destination[at..]);
        return at + utf8.Length;
    }
}
