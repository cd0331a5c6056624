namespace LowLatency.Benchmarks.Lab;

/// <summary>One run of one contender, with the hops around it.</summary>
/// <param name="Contender">The contender's name.</param>
/// <param name="Repetition">The repetition, from 0.</param>
/// <param name="HopBeforeNs">A cache line's way just before, in nanoseconds; NaN when not measured.</param>
/// <param name="HopAfterNs">The same just after.</param>
/// <param name="Outcome">What was measured.</param>
public sealed record LabRun(string Contender, int Repetition, double HopBeforeNs, double HopAfterNs, RunOutcome Outcome);
