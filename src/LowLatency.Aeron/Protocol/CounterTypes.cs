namespace LowLatency.Aeron.Protocol;

/// <summary>Types of the counters that a driver makes for IPC.</summary>
internal static class CounterTypes
{
    public const int System = 0;
    public const int PublisherLimit = 1;
    public const int SubscriberPosition = 4;
    public const int ClientHeartbeat = 11;
    public const int PublisherPosition = 12;
}
