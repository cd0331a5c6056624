namespace LowLatency.Analytics.Alerts;

/// <summary>What a rule can read; in settings in snake_case.</summary>
internal enum AlertField
{
    // Of trades and of quotes.
    Price,
    Size,
    Bid,
    BidSize,
    Ask,
    AskSize,
    Mid,
    Spread,
    SpreadBps,

    // Of closed bars.
    Open,
    High,
    Low,
    Close,
    Volume,
    Vwap,
    Count,
    BuyVolume,

    // Of what closed an imbalance bar.
    Theta,
    Threshold,

    // Of samples of the intensity.
    Intensity,
    Efficiency,
    Smoothed,
    Base,
    Buffer,

    // An indicator's output, named after the indicator.
    Indicator,
}
