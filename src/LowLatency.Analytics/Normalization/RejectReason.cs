namespace LowLatency.Analytics.Normalization;

/// <summary>Why a record was not taken.</summary>
public enum RejectReason
{
    /// <summary>The feed's message could not be read.</summary>
    Malformed,

    /// <summary>A price is not finite, or not above 0; or a quote has no price at all.</summary>
    Price,

    /// <summary>A size is not finite, or negative.</summary>
    Size,

    /// <summary>There is no event time, or none that can be: beyond <see cref="Normalizer.MaxEventNs"/>.</summary>
    Time,

    /// <summary>The event time lies too far ahead of the time at which it was received.</summary>
    Future,

    /// <summary>There is no room for another instrument (setting <c>engine.max_instruments</c>).</summary>
    InstrumentLimit,

    /// <summary>The price is an outlier that no later trade confirmed.</summary>
    Outlier,

    /// <summary>The trade was suspect, and cancelled before anything had confirmed it.</summary>
    Cancelled,
}
