namespace LowLatency.Market.Records;

/// <summary>What is to be known of a record beyond its values. Bits of the header's flags.</summary>
[Flags]
public enum RecordFlags : ushort
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Its event time is smaller than the largest seen of its kind for its instrument.</summary>
    Late = 1 << 0,

    /// <summary>A trade whose price is an outlier and that nothing has confirmed yet: for display, not for analytics.</summary>
    Suspect = 1 << 1,

    /// <summary>A trade that was published as suspect before and is confirmed now: this is its second appearance, and the one that counts.</summary>
    Confirmed = 1 << 2,

    /// <summary>The source itself marked it as suspicious.</summary>
    SourceSuspect = 1 << 3,

    /// <summary>The aggressor was not told by the source but derived from quotes or from the last price change.</summary>
    AggressorDerived = 1 << 4,

    /// <summary>The input's sequence number counts a channel that other instruments share: gaps in it say nothing.</summary>
    ChannelSequence = 1 << 5,

    /// <summary>An indicator's values on a bar that is still open: the bar's next values, provisional or not, replace them.</summary>
    Provisional = 1 << 6,
}
