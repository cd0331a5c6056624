namespace LowLatency.Analytics.Alerts;

/// <summary>Where values come from: what they share decides whether two of them can change at the same moment.</summary>
[Flags]
internal enum AlertKinds
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>Trades.</summary>
    Trades = 1,

    /// <summary>Quotes.</summary>
    Quotes = 2,

    /// <summary>Bars of time.</summary>
    TimeBars = 4,

    /// <summary>Other bars.</summary>
    EventBars = 8,

    /// <summary>Samples of the intensity.</summary>
    Intensity = 16,

    /// <summary>Everything that trades make: a trade of the instrument is time that passes for it.</summary>
    OfTrades = Trades | TimeBars | EventBars | Intensity,

    /// <summary>All of them: what a clock event is time for.</summary>
    All = OfTrades | Quotes,
}
