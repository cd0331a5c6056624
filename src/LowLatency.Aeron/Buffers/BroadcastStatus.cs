namespace LowLatency.Aeron.Buffers;

/// <summary>What a receiver's turn brought.</summary>
internal enum BroadcastStatus
{
    /// <summary>There was no message.</summary>
    Nothing,

    /// <summary>One was handled.</summary>
    Received,

    /// <summary>The transmitter has overtaken the receiver: messages are lost.</summary>
    Lapped,
}
