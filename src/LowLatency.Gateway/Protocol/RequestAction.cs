namespace LowLatency.Gateway.Protocol;

/// <summary>What a client can ask for.</summary>
internal enum RequestAction
{
    /// <summary>Streams.</summary>
    Subscribe,

    /// <summary>No more of some streams.</summary>
    Unsubscribe,

    /// <summary>To be known.</summary>
    Auth,

    /// <summary>What it missed while it was away.</summary>
    Resume,

    /// <summary>A sign of life.</summary>
    Ping,
}
