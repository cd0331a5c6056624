namespace LowLatency.Benchmarks.Lab;

/// <summary>A peer that could not run here.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Why, and what to install.</param>
public sealed record MissingPeer(string Name, string Reason);
