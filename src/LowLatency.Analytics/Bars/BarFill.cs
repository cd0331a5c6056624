namespace LowLatency.Analytics.Bars;

/// <summary>What an interval without a trade makes.</summary>
public enum BarFill
{
    /// <summary>No bar.</summary>
    None,

    /// <summary>A flat bar at the last close, with volume and count 0.</summary>
    Previous,
}
