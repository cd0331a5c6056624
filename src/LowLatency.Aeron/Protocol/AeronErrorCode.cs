namespace LowLatency.Aeron.Protocol;

/// <summary>Why a driver refused a command: the protocol's codes.</summary>
public enum AeronErrorCode
{
    /// <summary>A code that this version does not know.</summary>
    Unknown = -1,

    /// <summary>Not used.</summary>
    Unused = 0,

    /// <summary>The channel cannot be understood, or clashes with another.</summary>
    InvalidChannel = 1,

    /// <summary>There is no such subscription.</summary>
    UnknownSubscription = 2,

    /// <summary>There is no such publication of this client.</summary>
    UnknownPublication = 3,

    /// <summary>The network endpoint failed.</summary>
    ChannelEndpointError = 4,

    /// <summary>There is no such counter of this client.</summary>
    UnknownCounter = 5,

    /// <summary>The driver does not know the command.</summary>
    UnknownCommandType = 6,

    /// <summary>The command is too short.</summary>
    MalformedCommand = 7,

    /// <summary>The driver does not support it.</summary>
    NotSupported = 8,

    /// <summary>A host's name has no address.</summary>
    UnknownHost = 9,

    /// <summary>Try again later.</summary>
    ResourceTemporarilyUnavailable = 10,

    /// <summary>Anything else; the message says what.</summary>
    GenericError = 11,

    /// <summary>The driver's directory has no room for the log.</summary>
    StorageSpace = 12,

    /// <summary>A subscriber rejected the image.</summary>
    ImageRejected = 13,

    /// <summary>The publication was revoked.</summary>
    PublicationRevoked = 14,
}
