using LowLatency.Core.Histograms;

namespace LowLatency.Benchmarks.Lab;

/// <summary>What a contender did in the repetitions of one hop group.</summary>
/// <param name="Contender">Its name.</param>
/// <param name="Role">What it is in the experiment.</param>
/// <param name="Group">The group.</param>
/// <param name="Runs">How many runs that were.</param>
/// <param name="Value">The experiment's metric.</param>
/// <param name="BytesPerEvent">Bytes allocated an event, over all of these runs.</param>
/// <param name="Collections">Garbage collections in these runs.</param>
/// <param name="Ratios">Against each peer and floor; empty for peers and floors.</param>
/// <param name="Latency">All latencies of these runs; null where none were measured.</param>
public sealed record ContenderSummary(
    string Contender,
    Role Role,
    HopGroup Group,
    int Runs,
    Quartiles Value,
    double BytesPerEvent,
    int Collections,
    IReadOnlyList<PeerRatio> Ratios,
    LatencyHistogram? Latency)
{
    /// <summary>The same by the 99th percentile; empty where no latency is measured.</summary>
    public IReadOnlyList<PeerRatio> TailRatios { get; init; } = [];

    /// <summary>What was measured besides; of each the median of the runs.</summary>
    public IReadOnlyList<Figure> Figures { get; init; } = [];

    /// <summary>Against the best peer: where the ratio is smallest; null where there is no peer.</summary>
    public PeerRatio? ToBestPeer => Ratios.Where(ratio => ratio.Role == Role.Peer).MinBy(ratio => ratio.Value.Median);

    /// <summary>Against what the machine itself can do; null where that is not measured.</summary>
    public PeerRatio? ToFloor => Ratios.FirstOrDefault(ratio => ratio.Role == Role.Floor);
}
