namespace LowLatency.Core.Rings;

/// <summary>
/// Marks an event that lends the ring its last eight bytes: a <see cref="RingBuffer{T}"/> writes a stamp there when it publishes the event (with
/// one producer: the first event of each publication), and consumers wait for the stamp, so that news and data come over in the same cache line.
/// </summary>
/// <remarks>
/// The struct's size is a multiple of 64, its last eight bytes are a field that nobody else uses. What a producer writes there before it publishes
/// does no harm: every ring stamps with a number of its own.
/// </remarks>
public interface IStampedEvent;
