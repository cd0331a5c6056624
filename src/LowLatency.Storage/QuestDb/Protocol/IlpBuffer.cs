namespace LowLatency.Storage.QuestDb.Protocol;

/// <summary>Bytes that grow at their end, kept from one use to the next: once it has grown to what is needed it allocates nothing.</summary>
/// <param name="capacity">Bytes to begin with, at least 1.</param>
public sealed class IlpBuffer(int capacity = 4096)
{
    private byte[] _bytes = new byte[Math.Max(1, capacity)];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until more is.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>A part of what was written, for a request; valid until more is.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="length">How many bytes.</param>
    public ReadOnlyMemory<byte> Part(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + length, Length);
        return _bytes.AsMemory(start, length);
    }

    /// <summary>Room behind what was written, at least so much; <see cref="Advance"/> says how much of it was used.</summary>
    /// <param name="count">Bytes, at least 0.</param>
    public Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count) Grow(count);
        return _bytes.AsSpan(Length);
    }

    /// <summary>Takes bytes of the reserved room as written.</summary>
    /// <param name="count">How many.</param>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_bytes.Length - Length));
        Length += count;
    }

    /// <summary>Writes some bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Forgets what lies behind.</summary>
    /// <param name="length">How many bytes stay.</param>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)Length);
        Length = length;
    }

    private void Grow(int count) => Array.Resize(ref _bytes, Math.Max(checked(Length + count), (int)Math.Min(Array.MaxLength, _bytes.Length * 2L)));
}
