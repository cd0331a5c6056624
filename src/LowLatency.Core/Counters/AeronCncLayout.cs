namespace LowLatency.Core.Counters;

/// <summary>
/// What of an Aeron media driver's <c>cnc.dat</c> (version 0.2) its counters are found by. Five buffers follow a header of 128 bytes back to back: to
/// driver, to clients, counters' metadata, counters' values, error log.
/// </summary>
internal static class AeronCncLayout
{
    public const int HeaderBytes = 128;
    public const int VersionOffset = 0;
    public const int ToDriverLengthOffset = 4;
    public const int ToClientsLengthOffset = 8;
    public const int MetadataLengthOffset = 12;
    public const int ValuesLengthOffset = 16;
    public const int ErrorLogLengthOffset = 20;
    public const int StartMsOffset = 32;
    public const int ProcessIdOffset = 40;

    /// <summary>Length of the to-driver ring's trailer, at the end of that buffer.</summary>
    public const int TrailerBytes = 768;

    /// <summary>Place of the driver's heartbeat in that trailer.</summary>
    public const int HeartbeatMsOffsetInTrailer = 640;

    /// <summary>Least version with these fields.</summary>
    public const int LeastVersion = 2 << 8;

    /// <summary>First version that is another protocol: major 1.</summary>
    public const int NextMajor = 1 << 16;
}
