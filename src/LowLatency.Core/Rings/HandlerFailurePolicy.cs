namespace LowLatency.Core.Rings;

/// <summary>What happens when a handler throws.</summary>
public enum HandlerFailurePolicy
{
    /// <summary>
    /// The thread ends and its runner's completion tells why. The consumer stays before the event that failed (or before its batch): nothing behind it
    /// is lost, and the producers wait once the ring is full.
    /// </summary>
    Stop,

    /// <summary>The event that failed (or its batch, when the handler cannot tell which event it was) is counted and passed over; the rest goes on.</summary>
    Skip,
}
