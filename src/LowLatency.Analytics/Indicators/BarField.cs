namespace LowLatency.Analytics.Indicators;

/// <summary>Which number of a bar an indicator of one series is computed on.</summary>
public enum BarField
{
    /// <summary>The close; the default.</summary>
    Close,

    /// <summary>The open.</summary>
    Open,

    /// <summary>The high.</summary>
    High,

    /// <summary>The low.</summary>
    Low,

    /// <summary>The volume.</summary>
    Volume,

    /// <summary>(high + low) / 2.</summary>
    Hl2,

    /// <summary>(high + low + close) / 3, the typical price.</summary>
    Hlc3,

    /// <summary>(open + high + low + close) / 4.</summary>
    Ohlc4,
}
