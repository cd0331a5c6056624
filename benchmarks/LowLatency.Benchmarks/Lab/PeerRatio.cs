namespace LowLatency.Benchmarks.Lab;

/// <summary>How a contender did against a peer in the same repetitions: above 1 it was better.</summary>
/// <param name="Peer">The peer.</param>
/// <param name="Value">The quartiles of the ratios, one a repetition.</param>
public sealed record PeerRatio(string Peer, Quartiles Value);
