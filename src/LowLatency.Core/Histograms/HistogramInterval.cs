namespace LowLatency.Core.Histograms;

/// <summary>What was recorded in a span of time: a line of a histogram log.</summary>
/// <param name="StartEpochNs">Its start, in nanoseconds since 1970 UTC; a log keeps milliseconds.</param>
/// <param name="EndEpochNs">Its end, in nanoseconds since 1970 UTC; a log keeps milliseconds.</param>
/// <param name="Histogram">The values.</param>
/// <param name="Tag">Tells apart what is recorded into one log; null for none. Without commas, white space and control characters.</param>
public sealed record HistogramInterval(long StartEpochNs, long EndEpochNs, LatencyHistogram Histogram, string? Tag = null);
