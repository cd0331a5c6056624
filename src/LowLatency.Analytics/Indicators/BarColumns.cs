namespace LowLatency.Analytics.Indicators;

/// <summary>What an indicator reads of a bar.</summary>
[Flags]
public enum BarColumns
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The open.</summary>
    Open = 1,

    /// <summary>The high.</summary>
    High = 2,

    /// <summary>The low.</summary>
    Low = 4,

    /// <summary>The close; of an indicator that reads nothing else, the one series that it is computed on, which settings may replace.</summary>
    Close = 8,

    /// <summary>The volume.</summary>
    Volume = 16,

    /// <summary>The begin of the bar.</summary>
    Start = 32,
}
