namespace LowLatency.Benchmarks.Report.Document;

/// <summary>A contender in one hop group.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role">ours, variant, peer or floor.</param>
/// <param name="Runs">Number of runs.</param>
/// <param name="Value">The metric.</param>
/// <param name="BytesPerEvent">Bytes allocated an event.</param>
/// <param name="Collections">Garbage collections.</param>
/// <param name="Ratios">Against each peer and floor: above 1 is better.</param>
/// <param name="Percentiles">Latencies; empty where none were measured.</param>
public sealed record ContenderEntry(
    string Name,
    string Role,
    int Runs,
    QuartileEntry Value,
    double BytesPerEvent,
    int Collections,
    IReadOnlyList<RatioEntry> Ratios,
    IReadOnlyList<PercentileEntry> Percentiles)
{
    /// <summary>The same by the 99th percentile; empty where no latency is measured, and in files written before it was kept.</summary>
    public IReadOnlyList<RatioEntry> TailRatios { get; init; } = [];

    /// <summary>What was measured besides, each the median of the runs; empty in files written before it was kept.</summary>
    public IReadOnlyList<FigureEntry> Figures { get; init; } = [];

    /// <summary>The ratio to the best peer; null where there is none.</summary>
    public RatioEntry? ToBestPeer() => Ratios.Where(ratio => ratio.Role == "peer").MinBy(ratio => ratio.Value.Median);
}
