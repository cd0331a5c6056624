namespace LowLatency.Benchmarks.Ipc;

/// <summary>Whose driver moves the limits of a run, and where it runs.</summary>
internal enum DriverKind
{
    /// <summary>The embedded one, on a thread of its own that backs off and parks for a millisecond at most.</summary>
    OwnThread,

    /// <summary>The embedded one, invoked by the subscriber's thread between its polls.</summary>
    SubscribersThread,

    /// <summary>The official one, a process of its own.</summary>
    Official,
}
