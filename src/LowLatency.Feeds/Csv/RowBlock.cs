using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LowLatency.Feeds.Csv;

/// <summary>
/// The outline of a block of rows: where each begins and where its fields end, found 32 bytes at a time. Only rows that will give a record are
/// held: blank lines and, when a symbol is wanted, other symbols' rows are counted and passed over.
/// </summary>
internal sealed class RowBlock
{
    /// <summary>The most rows that a block holds.</summary>
    public const int MaxRows = 64;

    /// <summary>The longest row, in bytes without its end; longer ones are malformed.</summary>
    public const int MaxRowBytes = 65536;

    private const int MaxLines = 4096;

    private readonly int _columns;
    private readonly int _symbolColumn;
    private readonly byte[] _symbol;
    private readonly int _stride;
    private readonly int[] _bounds;
    private readonly Row[] _rows = new Row[MaxRows];
    private int _lines;
    private int _skipped;

    /// <summary>Makes a block for files of one layout.</summary>
    /// <param name="columns">Number of columns.</param>
    /// <param name="symbolColumn">Where the symbol is; -1 when no symbol is wanted above others.</param>
    /// <param name="symbol">The symbol that is wanted.</param>
    public RowBlock(int columns, int symbolColumn, byte[] symbol)
    {
        _columns = columns;
        _symbolColumn = symbolColumn;
        _symbol = symbol;
        _stride = columns + 1;
        _bounds = new int[MaxRows * _stride];
    }

    /// <summary>Number of rows held.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes gone through: all rows held, and the lines passed over before, between and after them.</summary>
    public int Bytes { get; private set; }

    /// <summary>The lines gone through.</summary>
    public int Lines => _lines;

    /// <summary>The other symbols' rows passed over.</summary>
    public int Skipped => _skipped;

    /// <summary>The row at <paramref name="index"/>.</summary>
    /// <param name="index">Below <see cref="Count"/>.</param>
    public ref readonly Row this[int index] => ref _rows[index];

    /// <summary>Outlines the complete rows at the start of a text.</summary>
    /// <param name="text">Text that begins at a line's start.</param>
    /// <param name="maxRows">The most rows to hold, from 1 to <see cref="MaxRows"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Outline(ReadOnlySpan<byte> text, int maxRows)
    {
        Count = 0;
        Bytes = 0;
        _lines = 0;
        _skipped = 0;
        int fields = 0;
        int at = 0;
        Vector256<byte> comma = Vector256.Create((byte)',');
        Vector256<byte> newline = Vector256.Create((byte)'\n');
        int[] bounds = _bounds;
        int first = 0;
        bounds[0] = -1;
        while (at < text.Length)
        {
            uint separators;
            if (text.Length - at >= Vector256<byte>.Count)
            {
                Vector256<byte> bytes = Vector256.Create(text.Slice(at, Vector256<byte>.Count));
                separators = (Vector256.Equals(bytes, comma) | Vector256.Equals(bytes, newline)).ExtractMostSignificantBits();
            }
            else
            {
                separators = Separators(text[at..]);
            }

            while (separators != 0)
            {
                int position = at + BitOperations.TrailingZeroCount(separators);
                separators &= separators - 1;
                fields++;
                if (fields <= _columns) bounds[first + fields] = position;
                if (text[position] != (byte)'\n') continue;
                EndLine(text, position, fields);
                if (Count == maxRows || _lines == MaxLines) return;
                first = Count * _stride;
                bounds[first] = position;
                fields = 0;
            }

            at += Vector256<byte>.Count;
        }
    }

    /// <summary>The fields of a row: as many as it has, but no more than there are columns.</summary>
    /// <param name="text">The text that was outlined.</param>
    /// <param name="row">The row's index.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RowFields Fields(ReadOnlySpan<byte> text, int row) =>
        new(text, _bounds.AsSpan(row * _stride, Math.Min(_rows[row].Fields, _columns) + 1));

    private static uint Separators(ReadOnlySpan<byte> tail)
    {
        uint separators = 0;
        for (int i = 0; i < tail.Length; i++)
        {
            if (tail[i] is (byte)',' or (byte)'\n') separators |= 1u << i;
        }

        return separators;
    }

    private void EndLine(ReadOnlySpan<byte> text, int newline, int fields)
    {
        int start = Bytes;
        int end = newline > start && text[newline - 1] == (byte)'\r' ? newline - 1 : newline;
        Bytes = newline + 1;
        _lines++;
        if (end == start) return;
        ref Row row = ref _rows[Count];
        row.Start = start;
        row.End = end;
        row.Fields = fields;
        if (fields <= _columns) _bounds[(Count * _stride) + fields] = end;
        if (_symbolColumn >= 0 && end - start <= MaxRowBytes && IsOther(text, fields))
        {
            _skipped++;
            return;
        }

        row.After = Bytes;
        row.Line = _lines - 1;
        row.SkippedBefore = _skipped;
        Count++;
    }

    private bool IsOther(ReadOnlySpan<byte> text, int fields) =>
        _symbolColumn < fields && !Fields(text, Count)[_symbolColumn].SequenceEqual(_symbol);

    /// <summary>Where a row is in the text.</summary>
    internal struct Row
    {
        /// <summary>Its first byte.</summary>
        public int Start;

        /// <summary>The byte after its last, line end excluded.</summary>
        public int End;

        /// <summary>The byte after its line end.</summary>
        public int After;

        /// <summary>Number of its fields.</summary>
        public int Fields;

        /// <summary>The lines of the block before it.</summary>
        public int Line;

        /// <summary>The other symbols' rows of the block before it.</summary>
        public int SkippedBefore;
    }
}
