namespace LowLatency.Benchmarks.Lab;

/// <summary>What the experiments of a command measured.</summary>
/// <param name="Results">Experiment by experiment.</param>
/// <param name="JavaRuntime">The Java virtual machine that ran; null when none did.</param>
public sealed record LabSuiteResult(IReadOnlyList<ExperimentResult> Results, string? JavaRuntime);
