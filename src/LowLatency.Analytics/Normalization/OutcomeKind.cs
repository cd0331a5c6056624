namespace LowLatency.Analytics.Normalization;

/// <summary>What became of an input record. In snake_case these are the words of the file norm.csv.</summary>
public enum OutcomeKind
{
    /// <summary>A trade that was taken.</summary>
    Accepted,

    /// <summary>A quote that was taken.</summary>
    Quote,

    /// <summary>A clock event.</summary>
    Clock,

    /// <summary>A trade with an outlying price, held back.</summary>
    Suspect,

    /// <summary>A suspect trade that was confirmed.</summary>
    SuspectReleased,

    /// <summary>A suspect trade that nothing confirmed.</summary>
    SuspectExpired,

    /// <summary>The cancel of a trade that counts.</summary>
    Cancel,

    /// <summary>The cancel of a suspect trade.</summary>
    CancelSuspect,

    /// <summary>The cancel of a trade that is not known, or not any more.</summary>
    CancelUnknown,

    /// <summary>The correction of a trade that counts.</summary>
    Correct,

    /// <summary>The correction of a suspect trade.</summary>
    CorrectSuspect,

    /// <summary>The correction of a trade that is not known, or not any more.</summary>
    CorrectUnknown,

    /// <summary>Its sequence number was seen before.</summary>
    DuplicateSeq,

    /// <summary>Its trade id was seen before.</summary>
    DuplicateId,

    /// <summary>Rejected for its price.</summary>
    RejectPrice,

    /// <summary>Rejected for its size.</summary>
    RejectSize,

    /// <summary>Rejected because it has no event time that can be.</summary>
    RejectTimeZero,

    /// <summary>Rejected because its event time lies too far ahead.</summary>
    RejectTimeFuture,

    /// <summary>A correction with a price or size that cannot be.</summary>
    RejectCorrection,

    /// <summary>Rejected because there is no room for its instrument.</summary>
    RejectInstrumentLimit,
}
