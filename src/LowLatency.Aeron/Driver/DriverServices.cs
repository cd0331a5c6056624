using LowLatency.Core.Counters;

namespace LowLatency.Aeron.Driver;

/// <summary>What publications need of their driver.</summary>
internal sealed record DriverServices(ClientProxy Clients, CounterTable Counters, SystemCounters SystemCounters, long PublicationUnblockTimeoutNs);
