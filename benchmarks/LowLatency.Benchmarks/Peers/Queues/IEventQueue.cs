using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Peers.Queues;

/// <summary>A queue of the base library, tried without blocking. A struct, so that the loops are compiled for it.</summary>
internal interface IEventQueue
{
    /// <summary>Adds an event; false when there is no room.</summary>
    bool TryWrite(in LabEvent sent);

    /// <summary>Takes an event; false when there is none.</summary>
    bool TryRead(out LabEvent taken);
}
