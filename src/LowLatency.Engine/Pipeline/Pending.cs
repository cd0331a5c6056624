using LowLatency.Analytics.Batches;

namespace LowLatency.Engine.Pipeline;

/// <summary>What of a batch's emitted records is still to be published.</summary>
/// <typeparam name="T">A record.</typeparam>
internal ref struct Pending<T>
    where T : unmanaged
{
    private readonly ReadOnlySpan<T> _items;
    private readonly ReadOnlySpan<int> _causes;
    private int _next;

    /// <param name="list">The records; they do not change meanwhile.</param>
    public Pending(EmittedList<T> list)
    {
        _items = list.Items;
        _causes = list.Causes;
        Cause = _causes.IsEmpty ? int.MaxValue : _causes[0];
    }

    /// <summary>The place in the batch of the input record that caused the next one; int.MaxValue when there is none.</summary>
    public int Cause { get; private set; }

    /// <summary>Takes the next one; there is one.</summary>
    public ref readonly T Take()
    {
        int taken = _next++;
        Cause = _next < _causes.Length ? _causes[_next] : int.MaxValue;
        return ref _items[taken];
    }
}
