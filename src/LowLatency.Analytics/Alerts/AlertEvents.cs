namespace LowLatency.Analytics.Alerts;

/// <summary>What a rule can wait for beside values.</summary>
[Flags]
internal enum AlertEvents
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A spike begins.</summary>
    SpikeBegins = 1,

    /// <summary>A spike ends.</summary>
    SpikeEnds = 2,

    /// <summary>A reversal of version 1; those of versions 2 to 4 are the next bits.</summary>
    Reversal1 = 4,

    /// <summary>A reversal of any version.</summary>
    AnyReversal = 15 * Reversal1,

    /// <summary>A gap in a feed's sequence.</summary>
    Gap = 64,
}
