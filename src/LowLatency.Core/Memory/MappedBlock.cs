using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LowLatency.Core.Memory;

/// <summary>
/// A stretch of a <see cref="MemoryView"/> whose length is a power of two, checked when it was made. Words are reached without a compare: their offset
/// is masked with the length and aligned down to their size, so that none can lie outside or straddle a line. Spans are checked. For rings and logs,
/// where an offset wraps in any case.
/// </summary>
/// <remarks>It keeps its memory, as a view does. The value <see langword="default"/> has no memory; using it throws <see cref="NullReferenceException"/>.</remarks>
public readonly unsafe struct MappedBlock
{
    /// <summary>Least length, in bytes.</summary>
    public const int LeastLength = 8;

    private readonly byte* _start;
    private readonly long _mask;
    private readonly object? _owner;

    internal MappedBlock(byte* start, long length, object owner)
    {
        Invariant.Holds(BitOperations.IsPow2(length) && length >= LeastLength && ((nint)start & 7) == 0);
        _start = start;
        _mask = length - 1;
        _owner = owner;
    }

    /// <summary>Number of bytes; 1 for a block without memory.</summary>
    public long Length => _mask + 1;

    /// <summary>Plain load.</summary>
    /// <param name="offset">In bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int GetInt32(long offset) => Load(*Int32At(offset));

    /// <inheritdoc cref="GetInt32"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long GetInt64(long offset) => Load(*Int64At(offset));

    /// <summary>Load-acquire: what is read after it in the program is read after it in fact.</summary>
    /// <param name="offset">In bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int GetInt32Volatile(long offset) => Load(Volatile.Read(ref *Int32At(offset)));

    /// <inheritdoc cref="GetInt32Volatile"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long GetInt64Volatile(long offset) => Load(Volatile.Read(ref *Int64At(offset)));

    /// <summary>Plain store.</summary>
    /// <param name="offset">In bytes.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutInt32(long offset, int value)
    {
        *Int32At(offset) = value;
        GC.KeepAlive(_owner);
    }

    /// <inheritdoc cref="PutInt32"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutInt64(long offset, long value)
    {
        *Int64At(offset) = value;
        GC.KeepAlive(_owner);
    }

    /// <summary>Store-release: what was written before it in the program is written before it in fact.</summary>
    /// <param name="offset">In bytes.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutInt32Ordered(long offset, int value)
    {
        Volatile.Write(ref *Int32At(offset), value);
        GC.KeepAlive(_owner);
    }

    /// <inheritdoc cref="PutInt32Ordered"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutInt64Ordered(long offset, long value)
    {
        Volatile.Write(ref *Int64At(offset), value);
        GC.KeepAlive(_owner);
    }

    /// <summary>Writes a value if another is there, atomically, with a full barrier.</summary>
    /// <param name="offset">In bytes.</param>
    /// <param name="expected">What must be there.</param>
    /// <param name="value">What is written then.</param>
    /// <returns>Whether it was written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool CompareAndSetInt32(long offset, int expected, int value) => Load(Interlocked.CompareExchange(ref *Int32At(offset), value, expected) == expected);

    /// <summary>Bytes of it where they lie. The span does not keep the memory: whoever uses it keeps the block longer.</summary>
    /// <param name="offset">Where they begin.</param>
    /// <param name="length">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not all within the block.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Bytes(long offset, int length) => MemoryMarshal.CreateReadOnlySpan(ref At(offset, length), length);

    /// <summary>Bytes of it for writing, where they lie. The span does not keep the memory: whoever uses it keeps the block longer.</summary>
    /// <param name="offset">Where they begin.</param>
    /// <param name="length">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not all within the block.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> WritableBytes(long offset, int length) => MemoryMarshal.CreateSpan(ref At(offset, length), length);

    /// <summary>Copies bytes into it.</summary>
    /// <param name="offset">Where they go.</param>
    /// <param name="source">The bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not all within the block.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutBytes(long offset, ReadOnlySpan<byte> source)
    {
        source.CopyTo(WritableBytes(offset, source.Length));
        GC.KeepAlive(_owner);
    }

    /// <summary>Zeroes bytes.</summary>
    /// <param name="offset">Where they begin.</param>
    /// <param name="length">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not all within the block.</exception>
    public void Clear(long offset, int length)
    {
        WritableBytes(offset, length).Clear();
        GC.KeepAlive(_owner);
    }

    /// <summary>Keeps the memory up to here, for spans of it that were used before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void KeepAlive() => GC.KeepAlive(_owner);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Load<T>(T value)
    {
        GC.KeepAlive(_owner);
        return value;
    }

    // Safe, both: masked to the block, whose length is a power of two of 8 at least, and aligned down, so that all bytes of the word are within.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int* Int32At(long offset) => (int*)(_start + (offset & _mask & ~3L));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long* Int64At(long offset) => (long*)(_start + (offset & _mask & ~7L));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref byte At(long offset, int length)
    {
        if (length < 0 || (ulong)offset > (ulong)_mask + 1 || _mask + 1 - offset < length) ThrowOutside(offset, length);
        return ref Unsafe.AsRef<byte>(_start + offset);
    }

    private void ThrowOutside(long offset, int length) =>
        throw new ArgumentOutOfRangeException(nameof(offset), offset, $"{length} bytes at offset {offset} are not within the block's {_mask + 1} bytes.");
}
