namespace LowLatency.Benchmarks.Lab;

/// <summary>What the threads of one run did.</summary>
/// <param name="ElapsedNs">From the first one's start to the last one's end, in nanoseconds.</param>
/// <param name="AllocatedBytes">What they allocated on the managed heap.</param>
/// <param name="Collections">Garbage collections of generations 0, 1 and 2 during the run; an older generation's counts for the younger ones too.</param>
public sealed record CrewOutcome(long ElapsedNs, long AllocatedBytes, int[] Collections);
