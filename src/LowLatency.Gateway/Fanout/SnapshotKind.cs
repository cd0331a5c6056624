namespace LowLatency.Gateway.Fanout;

/// <summary>What a subscription begins with.</summary>
internal enum SnapshotKind
{
    /// <summary>Updates only.</summary>
    None,

    /// <summary>The newest record.</summary>
    LastState,

    /// <summary>What is not older than some time, counted from the stream's newest record.</summary>
    Window,
}
