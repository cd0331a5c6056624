using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LowLatency.Core.Memory;

/// <summary>
/// A stretch of memory outside the heap, of a mapped file as a rule, that several threads or processes read and write: offset and length, and the
/// accesses that such memory needs. Integers are little-endian, as every machine that .NET 10 runs on has them.
/// </summary>
/// <remarks>
/// <para>Every access is checked against the length, two compares; a write to a view of a file that was opened for reading is refused by the same
/// check. Volatile, ordered and atomic accesses need their natural alignment and check it, because one that straddles a cache line is not atomic.
/// For a word that is written again and again, <see cref="WordAt"/> checks once.</para>
/// <para>A view keeps its memory: it is unmapped only when no view of it can be reached (see <see cref="MappedFile"/> for the exception). The value
/// <see langword="default"/> has no memory and length 0.</para>
/// </remarks>
public readonly unsafe struct MemoryView
{
    private readonly byte* _start;
    private readonly long _length;

    // 0 when the memory is for reading only: every write is out of its range.
    private readonly long _writable;
    private readonly object? _owner;

    internal MemoryView(byte* start, long length, bool writable, object owner)
    {
        _start = start;
        _length = length;
        _writable = writable ? length : 0;
        _owner = owner;
    }

    /// <summary>Number of bytes.</summary>
    public long Length => _length;

    /// <summary>Whether it may be written.</summary>
    public bool IsWritable => _writable > 0;

    /// <summary>Zeroed memory of this process alone, aligned to a page: for what needs no file.</summary>
    /// <param name="length">Number of bytes, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is less than 1.</exception>
    public static MemoryView Allocate(int length)
    {
        var memory = new AlignedMemory<byte>(length);
        // Safe: the block is part of a pinned array, whose address is a constant, and the view keeps the block.
        return new MemoryView((byte*)Unsafe.AsPointer(ref memory[0]), length, writable: true, memory);
    }

    /// <summary>A part of it.</summary>
    /// <param name="offset">Where the part begins, in bytes.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part is not all within this view.</exception>
    public MemoryView Slice(long offset, long length)
    {
        if (offset < 0 || length < 0 || offset > _length || length > _length - offset) ThrowOutside(offset, length);
        return new MemoryView(_start + offset, length, IsWritable, _owner!);
    }

    /// <summary>The 64-bit word at an offset, checked now and never again.</summary>
    /// <param name="offset">In bytes; the word is aligned to 8.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not within this view, or the view is for reading only.</exception>
    /// <exception cref="ArgumentException">It is not aligned.</exception>
    public MappedWord WordAt(long offset) => new((long*)Unsafe.AsPointer(ref Aligned<long>(offset, _writable)), _owner!);

    /// <summary>A part of it whose length is a power of two, checked now: its words are reached without a check.</summary>
    /// <param name="offset">Where it begins, in bytes; aligned to 8.</param>
    /// <param name="length">Its length in bytes: a power of two, at least <see cref="MappedBlock.LeastLength"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not within this view, or the view is for reading only.</exception>
    /// <exception cref="ArgumentException">It is not aligned, or its length is no power of two.</exception>
    public MappedBlock BlockAt(long offset, long length)
    {
        if (length < MappedBlock.LeastLength || !BitOperations.IsPow2(length)) throw new ArgumentException($"A block's length is a power of two of at least {MappedBlock.LeastLength}, not {length}.", nameof(length));
        if ((ulong)offset > (ulong)_writable || length > _writable - offset) ThrowOutside(offset, length);
        return new MappedBlock((byte*)Unsafe.AsPointer(ref Aligned<long>(offset, _writable)), length, _owner!);
    }

    /// <summary>Plain load; no alignment needed.</summary>
    /// <param name="offset">In bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not within this view.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int GetInt32(long offset) => Load(Unsafe.ReadUnaligned<int>(ref At(offset, sizeof(int), _length)));

    /// <inheritdoc cref="GetInt32"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long GetInt64(long offset) => Load(Unsafe.ReadUnaligned<long>(ref At(offset, sizeof(long), _length)));

    /// <summary>Load-acquire: what is read after it in the program is read after it in fact.</summary>
    /// <param name="offset">In bytes, aligned.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not within this view.</exception>
    /// <exception cref="ArgumentException">It is not aligned.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int GetInt32Volatile(long offset) => Load(Volatile.Read(ref Aligned<int>(offset, _length)));

    /// <inheritdoc cref="GetInt32Volatile"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long GetInt64Volatile(long offset) => Load(Volatile.Read(ref Aligned<long>(offset, _length)));

    /// <summary>Plain store; no alignment needed.</summary>
    /// <param name="offset">In bytes.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not within this view, or the view is for reading only.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutInt32(long offset, int value)
    {
        Unsafe.WriteUnaligned(ref At(offset, sizeof(int), _writable), value);
        GC.KeepAlive(_owner);
    }

    /// <inheritdoc cref="PutInt32"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutInt64(long offset, long value)
    {
        Unsafe.WriteUnaligned(ref At(offset, sizeof(long), _writable), value);
        GC.KeepAlive(_owner);
    }

    /// <summary>Store-release: what was written before it in the program is written before it in fact.</summary>
    /// <param name="offset">In bytes, aligned.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not within this view, or the view is for reading only.</exception>
    /// <exception cref="ArgumentException">It is not aligned.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutInt32Ordered(long offset, int value)
    {
        Volatile.Write(ref Aligned<int>(offset, _writable), value);
        GC.KeepAlive(_owner);
    }

    /// <inheritdoc cref="PutInt32Ordered"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutInt64Ordered(long offset, long value)
    {
        Volatile.Write(ref Aligned<long>(offset, _writable), value);
        GC.KeepAlive(_owner);
    }

    /// <summary>Adds atomically, with a full barrier.</summary>
    /// <param name="offset">In bytes, aligned.</param>
    /// <param name="delta">What is added.</param>
    /// <returns>The value before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is not within this view, or the view is for reading only.</exception>
    /// <exception cref="ArgumentException">It is not aligned.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int GetAndAddInt32(long offset, int delta) => Load(Interlocked.Add(ref Aligned<int>(offset, _writable), delta) - delta);

    /// <inheritdoc cref="GetAndAddInt32"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long GetAndAddInt64(long offset, long delta) => Load(Interlocked.Add(ref Aligned<long>(offset, _writable), delta) - delta);

    /// <summary>Writes a value if another is there, atomically, with a full barrier.</summary>
    /// <param name="offset">In bytes, aligned.</param>
    /// <param name="expected">What must be there.</param>
    /// <param name="value">What is written then.</param>
    /// <returns>Whether it was written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is not within this view, or the view is for reading only.</exception>
    /// <exception cref="ArgumentException">It is not aligned.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool CompareAndSetInt32(long offset, int expected, int value) =>
        Load(Interlocked.CompareExchange(ref Aligned<int>(offset, _writable), value, expected) == expected);

    /// <inheritdoc cref="CompareAndSetInt32"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool CompareAndSetInt64(long offset, long expected, long value) =>
        Load(Interlocked.CompareExchange(ref Aligned<long>(offset, _writable), value, expected) == expected);

    /// <summary>Copies bytes out of it.</summary>
    /// <param name="offset">Where they begin.</param>
    /// <param name="destination">Where they go; its length is how many are copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not within this view.</exception>
    public void GetBytes(long offset, Span<byte> destination)
    {
        Bytes(offset, destination.Length).CopyTo(destination);
        GC.KeepAlive(_owner);
    }

    /// <summary>Copies bytes into it.</summary>
    /// <param name="offset">Where they go.</param>
    /// <param name="source">The bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not within this view, or the view is for reading only.</exception>
    public void PutBytes(long offset, ReadOnlySpan<byte> source)
    {
        source.CopyTo(WritableBytes(offset, source.Length));
        GC.KeepAlive(_owner);
    }

    /// <summary>Zeroes bytes.</summary>
    /// <param name="offset">Where they begin.</param>
    /// <param name="length">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not within this view, or the view is for reading only.</exception>
    public void Clear(long offset, int length)
    {
        WritableBytes(offset, length).Clear();
        GC.KeepAlive(_owner);
    }

    /// <summary>Bytes of it where they lie. The span does not keep the memory: whoever uses it keeps the view, or the file, longer.</summary>
    /// <param name="offset">Where they begin.</param>
    /// <param name="length">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not within this view.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Bytes(long offset, int length) => MemoryMarshal.CreateReadOnlySpan(ref At(offset, length, _length), length);

    /// <summary>Bytes of it for writing, where they lie. The span does not keep the memory: whoever uses it keeps the view, or the file, longer.</summary>
    /// <param name="offset">Where they begin.</param>
    /// <param name="length">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not within this view, or the view is for reading only.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> WritableBytes(long offset, int length) => MemoryMarshal.CreateSpan(ref At(offset, length, _writable), length);

    // The owner is held until the value is there: without that the last view could be collected, and its memory unmapped, in mid-access.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Load<T>(T value)
    {
        GC.KeepAlive(_owner);
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref byte At(long offset, int size, long length)
    {
        if (size < 0 || (ulong)offset > (ulong)length || length - offset < size) ThrowOutside(offset, size);
        // Safe: the bytes from the offset on are within the memory, which the owner keeps.
        return ref Unsafe.AsRef<byte>(_start + offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref T Aligned<T>(long offset, long length)
        where T : unmanaged
    {
        ref byte at = ref At(offset, sizeof(T), length);
        if (((nint)(_start + offset) & (sizeof(T) - 1)) != 0) ThrowUnaligned(offset, sizeof(T));
        return ref Unsafe.As<byte, T>(ref at);
    }

    private void ThrowOutside(long offset, long size)
    {
        string why = _writable == _length || offset < 0 || size < 0 || offset > _length || size > _length - offset
            ? $"{size} bytes at offset {offset} are not within the view's {_length} bytes."
            : "The memory was opened for reading only.";
        throw new ArgumentOutOfRangeException(nameof(offset), offset, why);
    }

    private static void ThrowUnaligned(long offset, int size) =>
        throw new ArgumentException($"A word of {size} bytes at offset {offset} is not aligned to {size}: it cannot be read or written atomically.", nameof(offset));
}
