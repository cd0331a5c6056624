namespace LowLatency.Benchmarks.Report.Document;

/// <summary>One run.</summary>
/// <param name="Contender">The contender.</param>
/// <param name="Repetition">The repetition, from 0.</param>
/// <param name="HopBeforeNs">The way of a cache line before, in nanoseconds; null when not measured.</param>
/// <param name="HopAfterNs">The same after.</param>
/// <param name="Value">The metric; null when it could not be read.</param>
/// <param name="Events">Events moved.</param>
/// <param name="ElapsedNs">Nanoseconds from start to end.</param>
/// <param name="CpuPercent">Processor time of the threads in percent of one core; 0 where not measured.</param>
/// <param name="AllocatedBytes">Bytes allocated.</param>
/// <param name="Collections">Collections of generations 0, 1, 2.</param>
public sealed record RunEntry(
    string Contender,
    int Repetition,
    double? HopBeforeNs,
    double? HopAfterNs,
    double? Value,
    long Events,
    long ElapsedNs,
    double CpuPercent,
    long AllocatedBytes,
    IReadOnlyList<int> Collections);
