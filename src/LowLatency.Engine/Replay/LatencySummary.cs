using LowLatency.Core.Histograms;

namespace LowLatency.Engine.Replay;

/// <summary>Percentiles of a duration in nanoseconds.</summary>
/// <param name="P50">Half are at or below.</param>
/// <param name="P99">99% are at or below.</param>
/// <param name="P999">99.9% are at or below.</param>
/// <param name="Max">The longest.</param>
public sealed record LatencySummary(long P50, long P99, long P999, long Max)
{
    internal static LatencySummary Of(LatencyHistogram histogram) =>
        new(histogram.Percentile(50), histogram.Percentile(99), histogram.Percentile(99.9), histogram.Max);
}
