namespace LowLatency.Benchmarks.Lab;

/// <summary>How a contender did against a peer in the same repetitions: above 1 it was better.</summary>
/// <param name="Peer">The peer or floor.</param>
/// <param name="Role">Which of the two it is.</param>
/// <param name="Value">The quartiles of the ratios, one a repetition.</param>
public sealed record PeerRatio(string Peer, Role Role, Quartiles Value);
