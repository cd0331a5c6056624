namespace LowLatency.Aeron.Protocol;

/// <summary>What clients ask of a driver.</summary>
internal enum CommandType
{
    AddPublication = 0x01,
    RemovePublication = 0x02,
    AddExclusivePublication = 0x03,
    AddSubscription = 0x04,
    RemoveSubscription = 0x05,
    ClientKeepalive = 0x06,
    AddDestination = 0x07,
    RemoveDestination = 0x08,
    AddCounter = 0x09,
    RemoveCounter = 0x0A,
    ClientClose = 0x0B,
    AddReceiveDestination = 0x0C,
    RemoveReceiveDestination = 0x0D,
    TerminateDriver = 0x0E,
    AddStaticCounter = 0x0F,
    RejectImage = 0x10,
    RemoveDestinationById = 0x11,
    GetNextAvailableSessionId = 0x12,
}
