using System.Runtime.CompilerServices;
using LowLatency.Core.Memory;

namespace LowLatency.Analytics.Batches;

/// <summary>
/// What a stage emitted while it handled a batch, each item with the place in the batch of the input record that caused it; the causes never fall.
/// Cleared for each batch; it grows when a batch emits more than any before, and allocates nothing otherwise.
/// </summary>
/// <typeparam name="T">A record.</typeparam>
/// <param name="capacity">Items it has room for at the start.</param>
public sealed class EmittedList<T>(int capacity)
    where T : unmanaged
{
    // Aligned: a record that straddles two cache lines takes twice as long to write, and its reader waits for both.
    private AlignedMemory<T> _items = capacity == 0 ? default : new AlignedMemory<T>(capacity);
    private int[] _causes = new int[capacity];

    /// <summary>Number of items.</summary>
    public int Count { get; private set; }

    /// <summary>The items.</summary>
    public ReadOnlySpan<T> Items => _items.Span[..Count];

    /// <summary>For each item the place in the batch, from 0, of the input record that caused it.</summary>
    public ReadOnlySpan<int> Causes => _causes.AsSpan(0, Count);

    /// <summary>Adds an item, to be filled in by the caller; it holds what an earlier batch left there.</summary>
    /// <param name="cause">The place in the batch of the input record that caused it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Add(int cause)
    {
        if (Count == _items.Length) Grow();
        _causes[Count] = cause;
        return ref _items.Span[Count++];
    }

    /// <summary>Adds all items of two lists, in the order of their causes; of one cause first those of the first list.</summary>
    /// <param name="first">A list.</param>
    /// <param name="second">Another.</param>
    public void Merge(EmittedList<T> first, EmittedList<T> second)
    {
        int next = 0;
        for (int i = 0; i < first.Count; i++)
        {
            for (; next < second.Count && second._causes[next] < first._causes[i]; next++) Add(second._causes[next]) = second.Items[next];
            Add(first._causes[i]) = first.Items[i];
        }

        for (; next < second.Count; next++) Add(second._causes[next]) = second.Items[next];
    }

    /// <summary>Empties it.</summary>
    public void Clear() => Count = 0;

    private void Grow()
    {
        _items = _items.Grown(Math.Max(16, _items.Length * 2));
        Array.Resize(ref _causes, _items.Length);
    }
}
