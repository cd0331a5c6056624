using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LowLatency.Core.Memory;

/// <summary>
/// A fixed block of zeroed native memory that holds <typeparamref name="T"/>s, aligned to a page and touched at construction, so that the first
/// pass over it takes no page fault and no element of 64 or 128 bytes straddles a cache line.
/// </summary>
/// <remarks>It is freed when nothing refers to it any more, never on demand: no thread can be left holding freed memory.</remarks>
/// <typeparam name="T">An unmanaged element.</typeparam>
public sealed unsafe class AlignedMemory<T>
    where T : unmanaged
{
    private const nuint Alignment = 4096;

    private readonly T* _start;

    /// <summary>Allocates room for <paramref name="length"/> elements.</summary>
    /// <param name="length">Number of elements, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is less than 1.</exception>
    public AlignedMemory(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        Length = length;
        nuint bytes = (nuint)length * (nuint)sizeof(T);
        _start = (T*)NativeMemory.AlignedAlloc(bytes, Alignment);
        // Safe: the block was allocated with exactly this many bytes. Writing every byte also makes the system back every page now.
        NativeMemory.Clear(_start, bytes);
    }

    /// <summary>Frees the block.</summary>
    ~AlignedMemory() => NativeMemory.AlignedFree(_start);

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <summary>The element at <paramref name="index"/>; the index is not checked in release builds.</summary>
    internal ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Invariant.Holds((uint)index < (uint)Length);
            // Safe: every caller masks the index with Length - 1, and the block lives as long as this object, which the caller holds.
            return ref Unsafe.AsRef<T>(_start + index);
        }
    }

    /// <summary>The elements from <paramref name="index"/>, <paramref name="length"/> of them; not checked in release builds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Span<T> Slice(int index, int length)
    {
        Invariant.Holds(index >= 0 && length >= 0 && index <= Length - length);
        // Safe: callers pass a masked index and a length cut at the end of the block.
        return new Span<T>(_start + index, length);
    }
}
