using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace LowLatency.Storage.Journal;

/// <summary>
/// The first page of a segment: a NumPy .npy header of version 1.0, in which the number of records is eight characters that lie on an aligned word, so
/// that one store changes it and a reader sees the old number or the new one.
/// <code>
///    0  \x93NUMPY \x01 \x00 | length of the text, u16: 4086
///   10  {'descr': [('type', 'u1'), …], 'fortran_order': False, 'shape': (   1234567,), }  spaces  \n
/// 4096  the records
/// </code>
/// </summary>
internal sealed class NumpyHeader
{
    /// <summary>Bytes of the header: a page, so that records are aligned to their length.</summary>
    public const int Bytes = 4096;

    private const int TextOffset = 10;
    private const int Digits = 8;

    private readonly byte[] _page = new byte[Bytes];

    /// <summary>Makes the header of a record's fields.</summary>
    /// <param name="recordBytes">The record's length.</param>
    /// <param name="fields">Its fields; gaps between them are left unnamed.</param>
    /// <exception cref="JournalException">The fields overlap, leave the record, cannot be named so, or are too many for the page.</exception>
    public NumpyHeader(int recordBytes, IReadOnlyList<NumpyField> fields)
    {
        var text = new StringBuilder("{'descr': [");
        int end = 0;
        foreach (NumpyField field in fields.OrderBy(f => f.Offset))
        {
            Check(field, end, recordBytes);
            AppendGap(text, field.Offset - end);
            text.Append($"('{field.Name}', '{field.Format}'");
            if (field.Count > 1) text.Append($", ({field.Count},)");
            text.Append("), ");
            end = field.Offset + field.Bytes;
        }

        AppendGap(text, recordBytes - end);
        text.Append("], 'fortran_order': False, 'shape': (");
        while ((TextOffset + text.Length) % Digits != 0) text.Append(' ');
        ShapeOffset = TextOffset + text.Length;
        text.Append("       0,), }");
        if (TextOffset + text.Length >= Bytes) throw new JournalException($"journal.fields take {text.Length} characters of a NumPy header, which has {Bytes - TextOffset}: name fewer, or let NumPy have the rest as bytes.");
        _page.AsSpan(TextOffset).Fill((byte)' ');
        Magic.CopyTo(_page);
        BinaryPrimitives.WriteUInt16LittleEndian(_page.AsSpan(8), Bytes - TextOffset);
        Encoding.ASCII.GetBytes(text.ToString(), _page.AsSpan(TextOffset));
        _page[^1] = (byte)'\n';
    }

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];

    private static ReadOnlySpan<byte> ShapeKey => "'shape': ("u8;

    /// <summary>The header of a segment without records.</summary>
    public ReadOnlySpan<byte> Page => _page;

    /// <summary>Where the number of records is, in bytes from the file's beginning; a multiple of 8.</summary>
    public int ShapeOffset { get; }

    /// <summary>A number of records as the eight characters of the header, right-aligned behind spaces.</summary>
    /// <param name="count">0 to 99,999,999.</param>
    public static long ShapeOf(int count)
    {
        // Two numbers of four digits, then four of two, then eight of one; the most significant is in the lowest byte, which comes first.
        ulong halves = ((ulong)((uint)count % 10_000) << 32) | ((uint)count / 10_000);
        ulong hundreds = ((halves * 10_486) >> 20) & 0x0000_007F_0000_007F;
        ulong pairs = hundreds | ((halves - (hundreds * 100)) << 16);
        ulong tens = ((pairs * 103) >> 10) & 0x000F_000F_000F_000F;
        ulong digits = tens | ((pairs - (tens * 10)) << 8);
        int leading = Math.Min(BitOperations.TrailingZeroCount(digits) & ~7, 56);
        ulong spaces = ((1UL << leading) - 1) & 0x1010_1010_1010_1010;
        return (long)((digits | 0x3030_3030_3030_3030) ^ spaces);
    }

    /// <summary>Where a segment's number of records is; -1 where there is no such header.</summary>
    /// <param name="page">The segment's first page.</param>
    public static int FindShape(ReadOnlySpan<byte> page)
    {
        int at = page.IndexOf(ShapeKey) + ShapeKey.Length;
        int shape = (at + Digits - 1) & -Digits;
        return page.StartsWith(Magic) && at > ShapeKey.Length && shape < Bytes - Digits && page[shape + Digits] == (byte)',' ? shape : -1;
    }

    private static void AppendGap(StringBuilder text, int bytes)
    {
        if (bytes > 0) text.Append($"('', 'V{bytes}'), ");
    }

    private static void Check(NumpyField field, int end, int recordBytes)
    {
        int bytes;
        try
        {
            bytes = field.Bytes;
        }
        catch (Exception thrown) when (thrown is FormatException or OverflowException)
        {
            throw new JournalException($"journal.fields: '{field.Format}' of {field.Name} is no type of NumPy with its length, such as u1, <i8 or V32.", thrown);
        }

        bool named = field.Name.Length > 0 && field.Name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && field.Format.All(c => char.IsAsciiLetterOrDigit(c) || c is '<' or '|');
        if (!named) throw new JournalException($"journal.fields: '{field.Name}' of type '{field.Format}' cannot be named so: letters, digits and _ are allowed, in the type < and | too.");
        if (field.Count < 1 || bytes < 1 || field.Offset < end || field.Offset > recordBytes - bytes)
            throw new JournalException($"journal.fields: {field.Name} takes {bytes} bytes from {field.Offset}, which overlap the field before it (to {end}) or leave the record ({recordBytes} bytes).");
    }
}
