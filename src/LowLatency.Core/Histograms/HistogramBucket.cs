namespace LowLatency.Core.Histograms;

/// <summary>Values that a histogram does not tell apart, and how often they were recorded.</summary>
/// <param name="Lowest">The smallest of them.</param>
/// <param name="Highest">The largest of them.</param>
/// <param name="Count">How many were recorded.</param>
public readonly record struct HistogramBucket(long Lowest, long Highest, long Count);
