using System.Runtime.CompilerServices;

namespace LowLatency.Core.Memory;

/// <summary>
/// One aligned 64-bit word of a <see cref="MemoryView"/>, checked when it was made: the accesses themselves check nothing. It keeps its memory, as a
/// view does. The value <see langword="default"/> has no memory; using it throws <see cref="NullReferenceException"/>.
/// </summary>
public readonly unsafe struct MappedWord
{
    private readonly long* _word;
    private readonly object? _owner;

    internal MappedWord(long* word, object owner)
    {
        _word = word;
        _owner = owner;
    }

    /// <summary>Plain load: for the only writer, which knows what it wrote.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Get()
    {
        // Safe, here and below: the view that made the word checked its place, and the owner keeps the memory until the access is over.
        long value = *_word;
        GC.KeepAlive(_owner);
        return value;
    }

    /// <summary>Load-acquire: what is read after it in the program is read after it in fact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long GetVolatile()
    {
        long value = Volatile.Read(ref *_word);
        GC.KeepAlive(_owner);
        return value;
    }

    /// <summary>Plain store: seen by others at some time, in no order to other stores.</summary>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(long value)
    {
        *_word = value;
        GC.KeepAlive(_owner);
    }

    /// <summary>Store-release: what was written before it in the program is written before it in fact.</summary>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetOrdered(long value)
    {
        Volatile.Write(ref *_word, value);
        GC.KeepAlive(_owner);
    }

    /// <summary>Adds atomically, with a full barrier: for several writers.</summary>
    /// <param name="delta">What is added.</param>
    /// <returns>The value before.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long GetAndAdd(long delta)
    {
        long after = Interlocked.Add(ref *_word, delta);
        GC.KeepAlive(_owner);
        return after - delta;
    }

    /// <summary>Writes a value if another is there, atomically, with a full barrier.</summary>
    /// <param name="expected">What must be there.</param>
    /// <param name="value">What is written then.</param>
    /// <returns>Whether it was written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool CompareAndSet(long expected, long value)
    {
        bool written = Interlocked.CompareExchange(ref *_word, value, expected) == expected;
        GC.KeepAlive(_owner);
        return written;
    }
}
