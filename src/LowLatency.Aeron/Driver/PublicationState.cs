namespace LowLatency.Aeron.Driver;

/// <summary>The life of a publication's log.</summary>
internal enum PublicationState
{
    /// <summary>Someone publishes, or may.</summary>
    Active,

    /// <summary>All publishers have gone; subscribers read the rest.</summary>
    Draining,

    /// <summary>All is read, or the stream was revoked; waits for the last publisher to go.</summary>
    Linger,

    /// <summary>Nobody uses it.</summary>
    Done,
}
