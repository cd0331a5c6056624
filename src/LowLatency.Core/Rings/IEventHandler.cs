namespace LowLatency.Core.Rings;

/// <summary>What a consumer does with one event; <see cref="EachEvent{T, THandler}"/> makes a batch handler of it.</summary>
/// <typeparam name="T">The event.</typeparam>
public interface IEventHandler<T>
    where T : unmanaged
{
    /// <summary>Handles one event.</summary>
    /// <param name="value">The event, in place.</param>
    /// <param name="sequence">Its sequence in its ring.</param>
    /// <param name="endOfBatch">Whether no further event is known to wait: the moment to flush what was gathered.</param>
    void OnEvent(in T value, long sequence, bool endOfBatch);
}
