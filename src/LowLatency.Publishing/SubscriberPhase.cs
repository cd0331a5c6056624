namespace LowLatency.Publishing;

/// <summary>Where a subscriber is.</summary>
public enum SubscriberPhase
{
    /// <summary>It has no driver.</summary>
    Disconnected,

    /// <summary>It waits for an engine, or for a snapshot that it has asked for.</summary>
    Waiting,

    /// <summary>It takes a snapshot.</summary>
    Snapshot,

    /// <summary>It knows what is published, and waits to be released.</summary>
    Ready,

    /// <summary>It takes what is published.</summary>
    Live,

    /// <summary>The engine has begun another epoch: this subscriber is of no use any more, another one is to be made.</summary>
    Ended,
}
