namespace LowLatency.Benchmarks.Report.Document;

/// <summary>The repetitions of an experiment during which the cores were equally near.</summary>
/// <param name="Group">near, far, mixed or unknown.</param>
/// <param name="HopNs">The median way of a cache line, in nanoseconds; null when not measured.</param>
/// <param name="Contenders">Who ran.</param>
public sealed record GroupEntry(string Group, double? HopNs, IReadOnlyList<ContenderEntry> Contenders);
