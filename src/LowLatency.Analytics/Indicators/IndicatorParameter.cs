namespace LowLatency.Analytics.Indicators;

/// <summary>A whole-number parameter of an indicator.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Min">The smallest value allowed.</param>
/// <param name="Max">The largest value allowed.</param>
public sealed record IndicatorParameter(string Name, int Min, int Max);
