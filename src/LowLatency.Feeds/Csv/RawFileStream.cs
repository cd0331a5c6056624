namespace LowLatency.Feeds.Csv;

/// <summary>A compressed file's own bytes. It notes when its end has been met, which tells a truncated file from a corrupt one, and can put bytes behind it.</summary>
/// <param name="inner">The file; disposed with this one.</param>
internal sealed class RawFileStream(Stream inner) : Stream
{
    private byte[] _behind = [];
    private int _behindUsed;

    /// <summary>Whether a read has found the file's end since the last change of position.</summary>
    public bool EndNoted { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => inner.Length;

    /// <inheritdoc/>
    public override long Position
    {
        get => inner.Position;
        set
        {
            inner.Position = value;
            EndNoted = false;
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int read = inner.Read(buffer);
        if (read > 0 || buffer.Length == 0) return read;
        EndNoted = true;
        int more = Math.Min(buffer.Length, _behind.Length - _behindUsed);
        _behind.AsSpan(_behindUsed, more).CopyTo(buffer);
        _behindUsed += more;
        return more;
    }

    /// <summary>Goes back to the start.</summary>
    /// <param name="behind">What is to be read as if it stood behind the file's end.</param>
    public void Restart(byte[] behind)
    {
        Position = 0;
        _behind = behind;
        _behindUsed = 0;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin)
    {
        EndNoted = false;
        return inner.Seek(offset, origin);
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException("This stream is read only.");

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("This stream is read only.");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
