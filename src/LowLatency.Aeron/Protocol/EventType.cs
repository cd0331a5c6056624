namespace LowLatency.Aeron.Protocol;

/// <summary>What a driver tells its clients.</summary>
internal enum EventType
{
    Error = 0x0F01,
    AvailableImage = 0x0F02,
    PublicationReady = 0x0F03,
    OperationSuccess = 0x0F04,
    UnavailableImage = 0x0F05,
    ExclusivePublicationReady = 0x0F06,
    SubscriptionReady = 0x0F07,
    CounterReady = 0x0F08,
    UnavailableCounter = 0x0F09,
    ClientTimeout = 0x0F0A,
    StaticCounter = 0x0F0B,
    PublicationError = 0x0F0C,
    NextAvailableSessionId = 0x0F0D,
}
