namespace LowLatency.Benchmarks.Report.Document;

/// <summary>A point of a distribution of latencies.</summary>
/// <param name="Percentile">From 0 to 100.</param>
/// <param name="Ns">The latency in nanoseconds.</param>
public readonly record struct PercentileEntry(double Percentile, long Ns);
