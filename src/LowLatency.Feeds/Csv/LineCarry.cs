namespace LowLatency.Feeds.Csv;

/// <summary>
/// The line that began in one buffer and ends in a later one. It holds one byte more than the longest row, and drops what comes beyond, so that a
/// line that is too long stays too long and takes no more memory.
/// </summary>
internal sealed class LineCarry
{
    // A carriage return and one byte too many, and the line's end.
    private const int Limit = RowBlock.MaxRowBytes + 2;

    private readonly byte[] _bytes = new byte[Limit + 1];
    private int _length;

    /// <summary>Whether it holds nothing.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>Whether it holds a line and its end.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>The line as far as it is known.</summary>
    public ReadOnlySpan<byte> Text => _bytes.AsSpan(0, _length);

    /// <summary>Whether what it holds of the line is too long already.</summary>
    public bool IsTooLong => _length == Limit;

    /// <summary>Takes what a buffer has of the line.</summary>
    /// <param name="text">The buffer's text.</param>
    /// <returns>How much of it belongs to the line, its end included.</returns>
    public int Take(ReadOnlySpan<byte> text)
    {
        int newline = text.IndexOf((byte)'\n');
        int count = newline < 0 ? text.Length : newline;
        int kept = Math.Min(count, Limit - _length);
        text[..kept].CopyTo(_bytes.AsSpan(_length));
        _length += kept;
        if (newline < 0) return count;
        EndLine();
        return count + 1;
    }

    /// <summary>Ends the line where the file ends.</summary>
    public void EndLine()
    {
        _bytes[_length++] = (byte)'\n';
        IsWhole = true;
    }

    /// <summary>Forgets the line.</summary>
    public void Clear()
    {
        _length = 0;
        IsWhole = false;
    }
}
