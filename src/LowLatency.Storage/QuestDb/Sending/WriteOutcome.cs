namespace LowLatency.Storage.QuestDb.Sending;

/// <summary>What became of a request with rows.</summary>
internal enum WriteOutcome
{
    /// <summary>The server has them.</summary>
    Accepted,

    /// <summary>Nobody knows, or not now: the same request again, later.</summary>
    Retry,

    /// <summary>A row of it is bad (400): none of it was taken, and the same request would be refused again.</summary>
    Rejected,

    /// <summary>It is too long (413): half of it may not be.</summary>
    TooLong,
}
