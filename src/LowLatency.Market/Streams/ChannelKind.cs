namespace LowLatency.Market.Streams;

/// <summary>What a channel carries.</summary>
public enum ChannelKind
{
    /// <summary>Trades.</summary>
    Trades,

    /// <summary>Quotes.</summary>
    Quotes,

    /// <summary>Bars of one kind.</summary>
    Bars,

    /// <summary>One indicator on one kind of bar.</summary>
    Indicator,

    /// <summary>Missing sequence numbers.</summary>
    Gaps,

    /// <summary>What closed the imbalance bars.</summary>
    Imbalances,

    /// <summary>Best bids and offers over several sources.</summary>
    BestQuotes,

    /// <summary>Samples of the intensity of trading.</summary>
    Intensity,

    /// <summary>Begins and ends of spikes of intensity.</summary>
    Spikes,

    /// <summary>Reversal signals.</summary>
    Reversals,

    /// <summary>Alerts.</summary>
    Alerts,
}
