namespace LowLatency.Benchmarks.Report.Document;

/// <summary>Something measured beside the experiment's metric: the median of the runs.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">How much.</param>
/// <param name="Unit">Its unit.</param>
public sealed record FigureEntry(string Name, double Value, string Unit);
