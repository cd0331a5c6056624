using LowLatency.Core.Histograms;

namespace LowLatency.Benchmarks.Lab;

/// <summary>What one run of one contender measured.</summary>
/// <param name="Events">Events moved.</param>
/// <param name="ElapsedNs">Nanoseconds from start to end.</param>
/// <param name="AllocatedBytes">Bytes that its threads allocated on the managed (or Java's) heap.</param>
/// <param name="Collections">Garbage collections of generations 0, 1 and 2; Java tells only their sum, as generation 0.</param>
public sealed record RunOutcome(long Events, long ElapsedNs, long AllocatedBytes, int[] Collections)
{
    /// <summary>Latencies in nanoseconds, where the experiment measures them.</summary>
    public LatencyHistogram? Latency { get; init; }

    /// <summary>Share of one processor that the threads used, in percent, where the experiment measures it.</summary>
    public double CpuPercent { get; init; }

    /// <summary>What was measured besides: what an event costs in each part of the work, for one.</summary>
    public IReadOnlyList<Figure> Figures { get; init; } = [];

    /// <summary>Events a second.</summary>
    public double EventsPerSecond => Events * 1e9 / Math.Max(1, ElapsedNs);

    /// <summary>Bytes allocated an event.</summary>
    public double BytesPerEvent => (double)AllocatedBytes / Math.Max(1, Events);

    /// <summary>The outcome of a crew.</summary>
    public static RunOutcome Of(CrewOutcome crew, long events, LatencyHistogram? latency = null) =>
        new(events, crew.ElapsedNs, crew.AllocatedBytes, crew.Collections) { Latency = latency };
}
