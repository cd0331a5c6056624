namespace LowLatency.Core.Rings;

/// <summary>
/// Two stages on one thread, as one handler: each batch passes the first, then the second, while it is still in the core's cache. Nested, any number.
/// What would be a pipeline or a diamond between threads costs no further sequence and no cache line between cores.
/// </summary>
/// <typeparam name="T">The event.</typeparam>
/// <typeparam name="TFirst">The stage that comes first.</typeparam>
/// <typeparam name="TSecond">The stage that comes second.</typeparam>
/// <param name="first">The stage that comes first.</param>
/// <param name="second">The stage that comes second.</param>
public struct FusedHandlers<T, TFirst, TSecond>(TFirst first, TSecond second) : IBatchHandler<T>
    where T : unmanaged
    where TFirst : struct, IBatchHandler<T>
    where TSecond : struct, IBatchHandler<T>
{
    /// <summary>The first stage, with the state that it has now.</summary>
    public TFirst First = first;

    /// <summary>The second stage, with the state that it has now.</summary>
    public TSecond Second = second;

    /// <inheritdoc/>
    public void OnBatch(ReadOnlySpan<T> events, in BatchMark mark)
    {
        First.OnBatch(events, mark);
        Second.OnBatch(events, mark);
    }
}
