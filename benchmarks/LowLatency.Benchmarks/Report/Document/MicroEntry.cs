namespace LowLatency.Benchmarks.Report.Document;

/// <summary>One micro benchmark.</summary>
/// <param name="Suite">Its suite.</param>
/// <param name="Benchmark">Class and method.</param>
/// <param name="Parameters">Its parameters, as name=value; empty for none.</param>
/// <param name="MedianNs">Nanoseconds an operation.</param>
/// <param name="MeanNs">Their mean.</param>
/// <param name="StandardErrorNs">The mean's standard error.</param>
/// <param name="AllocatedBytes">Bytes allocated an operation.</param>
public sealed record MicroEntry(string Suite, string Benchmark, string Parameters, double MedianNs, double MeanNs, double StandardErrorNs, long AllocatedBytes);
