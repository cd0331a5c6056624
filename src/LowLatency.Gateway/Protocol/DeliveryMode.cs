namespace LowLatency.Gateway.Protocol;

/// <summary>What a client wants when records come faster than they go out.</summary>
internal enum DeliveryMode
{
    /// <summary>Latest for quotes, best quotes, bars and intensity, lossless for everything else.</summary>
    Default,

    /// <summary>Every record; a client that is too slow is closed.</summary>
    Lossless,

    /// <summary>The newest trade, quote, best quote, sample of the intensity or open bar; what closed, gaps, imbalances, spikes, reversals and alerts are never left out.</summary>
    Latest,

    /// <summary>As latest, and at most one per some time.</summary>
    Interval,
}
