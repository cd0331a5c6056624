using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LowLatency.Core.Memory;

/// <summary>
/// A fixed block of zeroed memory that holds <typeparamref name="T"/>s, aligned to a page (from 2 MiB on, to one of 2 MiB, where the system has them) and touched at construction, so that the first pass over
/// it takes no page fault and no element of 64 or 128 bytes straddles a cache line.
/// </summary>
/// <remarks>
/// The block is part of a pinned array of the managed heap, which never moves and which the collector does not scan. References and spans into it
/// keep it alive by themselves: nothing that points into it can outlive it.
/// </remarks>
/// <typeparam name="T">An unmanaged element.</typeparam>
public readonly struct AlignedMemory<T>
    where T : unmanaged
{
    /// <summary>Bytes of a cache line.</summary>
    internal const int LineBytes = Line.Bytes;

    private const int PageBytes = 4096;

    // In lines, not bytes: an array can have 2^31 elements, and a block more bytes than that.
    private readonly Line[] _lines;
    private readonly nuint _offset;

    /// <summary>Allocates room for <paramref name="length"/> elements.</summary>
    /// <param name="length">Number of elements, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is less than 1.</exception>
    public AlignedMemory(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        Length = length;
        long bytes = (long)length * Unsafe.SizeOf<T>();
        // A large block begins on a huge page, so that it has as many of them as can be.
        int alignment = bytes >= HugePages.Bytes ? HugePages.Bytes : PageBytes;
        _lines = GC.AllocateUninitializedArray<Line>(checked((int)((bytes + alignment + Line.Bytes - 1) / Line.Bytes)), pinned: true);
        _offset = OffsetToAlignment(_lines, alignment);
        if (alignment == HugePages.Bytes) HasHugePageAdvice = HugePages.Advise(ref Unsafe.As<Line, byte>(ref MemoryMarshal.GetArrayDataReference(_lines)), (nuint)_lines.Length * Line.Bytes);
        // Writing every byte makes the system back every page now.
        Array.Clear(_lines);
    }

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <summary>Whether the system was asked for pages of 2 MiB, and took the advice: for blocks from that size on, on Linux.</summary>
    public bool HasHugePageAdvice { get; }

    /// <summary>All elements.</summary>
    public Span<T> Span
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _lines is null ? default : MemoryMarshal.CreateSpan(ref this[0], Length);
    }

    /// <summary>A block with room for more elements and what this one holds.</summary>
    /// <param name="length">Number of elements, at least as many as there are.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">It is less than there are.</exception>
    public AlignedMemory<T> Grown(int length)
    {
        var grown = new AlignedMemory<T>(length);
        Span.CopyTo(grown.Span);
        return grown;
    }

    /// <summary>The element at <paramref name="index"/>; the index is not checked in release builds.</summary>
    internal ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Invariant.Holds((uint)index < (uint)Length);
            ref byte start = ref Unsafe.As<Line, byte>(ref MemoryMarshal.GetArrayDataReference(_lines));
            // Safe: every caller masks the index with Length - 1, and the array has room for the offset and Length elements behind it.
            return ref Unsafe.As<byte, T>(ref Unsafe.AddByteOffset(ref start, _offset + ((nuint)(uint)index * (nuint)Unsafe.SizeOf<T>())));
        }
    }

    /// <summary>The elements from <paramref name="index"/>, <paramref name="length"/> of them; whether they are in the block is not checked in release builds.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Span<T> Slice(int index, int length)
    {
        // CreateSpan does not look, and a poll's limit comes from anywhere.
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Invariant.Holds(index >= 0 && index <= Length - length);
        // Safe: callers pass a masked index and a length cut at the end of the block.
        return MemoryMarshal.CreateSpan(ref this[index], length);
    }

    private static unsafe nuint OffsetToAlignment(Line[] pinned, int alignment)
    {
        // Safe: the array is pinned for its whole life, so its address is a constant.
        nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
        return (nuint)(-(nint)address) & (nuint)(alignment - 1);
    }

    [StructLayout(LayoutKind.Sequential, Size = Bytes)]
    private struct Line
    {
        public const int Bytes = 64;
    }
}
