using LowLatency.Benchmarks.Lab;
using LowLatency.Core.Histograms;

namespace LowLatency.Benchmarks.Peers.Official;

/// <summary>Outcomes of round trips, one at a time.</summary>
internal static class PingOutcome
{
    /// <summary>The outcome behind a histogram: the time of the run is that of all round trips.</summary>
    public static RunOutcome Of(LatencyHistogram latency) => new(latency.Count, (long)(latency.Mean * latency.Count), 0, [0, 0, 0]) { Latency = latency };
}
