namespace LowLatency.Gateway.Protocol;

/// <summary>Why the gateway closes a connection; the WebSocket's status codes.</summary>
internal enum CloseCode
{
    /// <summary>The client closed it.</summary>
    Normal = 1000,

    /// <summary>A message was longer than allowed.</summary>
    TooBig = 1009,

    /// <summary>A mistake of the gateway itself.</summary>
    InternalError = 1011,

    /// <summary>The client did not read fast enough, or the gateway did not.</summary>
    Slow = 4008,

    /// <summary>The gateway shuts down.</summary>
    Maintenance = 4013,

    /// <summary>Too many messages from the client.</summary>
    Rate = 4029,
}
