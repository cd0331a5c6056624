using LowLatency.Core.Counters;

namespace LowLatency.Aeron.Driver;

/// <summary>A client as the driver knows it: from its first resource on until it closes or gives no sign any more.</summary>
internal sealed class DriverClient(long id, Counter heartbeat)
{
    public long Id => id;

    public Counter Heartbeat => heartbeat;

    /// <summary>Its publications, by their registration ids.</summary>
    public Dictionary<long, IpcPublication> Publications { get; } = [];

    /// <summary>Its counters, by their registration ids.</summary>
    public Dictionary<long, Counter> Counters { get; } = [];

    public bool IsClosedByCommand { get; set; }
}
