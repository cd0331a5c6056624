namespace LowLatency.Core.Rings;

/// <summary>Hands a batch to an <see cref="IEventHandler{T}"/> event by event; after a failure exactly the event that failed is known.</summary>
/// <typeparam name="T">The event.</typeparam>
/// <typeparam name="THandler">What handles one event.</typeparam>
/// <param name="handler">What handles one event.</param>
public struct EachEvent<T, THandler>(THandler handler) : IBatchHandler<T>, ICountsHandled
    where T : unmanaged
    where THandler : struct, IEventHandler<T>
{
    /// <summary>The handler, with the state that it has now.</summary>
    public THandler Handler = handler;

    /// <inheritdoc/>
    public int Handled { get; private set; }

    /// <inheritdoc/>
    public void OnBatch(ReadOnlySpan<T> events, in BatchMark mark)
    {
        Handled = 0;
        long sequence = mark.First;
        int last = mark.EndOfBatch ? events.Length - 1 : -1;
        for (int i = 0; i < events.Length; i++)
        {
            Handler.OnEvent(in events[i], sequence + i, i == last);
            Handled = i + 1;
        }
    }
}
