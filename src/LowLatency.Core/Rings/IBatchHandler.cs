namespace LowLatency.Core.Rings;

/// <summary>What a consumer does with events. A struct, so that the loop around it is compiled for it and calls it directly.</summary>
/// <typeparam name="T">The event.</typeparam>
public interface IBatchHandler<T>
    where T : unmanaged
{
    /// <summary>Handles events that are there now.</summary>
    /// <param name="events">The events, in place and in order; they stay as they are until the call returns.</param>
    /// <param name="mark">Where the events stand, and whether more are waiting.</param>
    void OnBatch(ReadOnlySpan<T> events, in BatchMark mark);
}
