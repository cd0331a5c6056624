namespace LowLatency.Benchmarks.Lab;

/// <summary>Something that a run measured beside its experiment's metric.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">How much.</param>
/// <param name="Unit">Its unit.</param>
public sealed record Figure(string Name, double Value, string Unit);
