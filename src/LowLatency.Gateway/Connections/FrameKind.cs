namespace LowLatency.Gateway.Connections;

/// <summary>What a part of a batch is on the wire.</summary>
internal enum FrameKind : byte
{
    /// <summary>A text frame, an array of messages.</summary>
    Text,

    /// <summary>A binary frame of records of 64 bytes.</summary>
    Records64,

    /// <summary>A binary frame of records of 128 bytes.</summary>
    Records128,
}
