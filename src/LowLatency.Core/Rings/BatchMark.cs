namespace LowLatency.Core.Rings;

/// <summary>Where the events of a batch stand.</summary>
/// <param name="First">Sequence of the first event in its ring.</param>
/// <param name="Lane">Which of the agent's consumers the events came from, from 0.</param>
/// <param name="EndOfBatch">
/// Whether the batch holds the last event known to be published: the moment to flush what was gathered. False when the batch ended early, at its
/// limit or at the ring's wrap.
/// </param>
public readonly record struct BatchMark(long First, int Lane, bool EndOfBatch);
