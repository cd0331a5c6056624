namespace LowLatency.Benchmarks.Report.Document;

/// <summary>How a contender did against another in the same repetitions.</summary>
/// <param name="Peer">The other.</param>
/// <param name="Role">What the other is: peer or floor.</param>
/// <param name="Value">The ratios: above 1 it was better.</param>
public sealed record RatioEntry(string Peer, string Role, QuartileEntry Value);
