namespace LowLatency.Benchmarks.Ipc;

/// <summary>How messages get into the log.</summary>
internal enum PublicationKind
{
    /// <summary>Offers to an exclusive publication.</summary>
    ExclusiveOffer,

    /// <summary>Claims of an exclusive publication, written in place.</summary>
    ExclusiveClaim,

    /// <summary>Offers to a concurrent publication.</summary>
    ConcurrentOffer,

    /// <summary>Claims of a concurrent publication, written in place, as the official throughput sample does.</summary>
    ConcurrentClaim,
}
