using System.Collections.Concurrent;
using LowLatency.Benchmarks.Lab;
using LowLatency.Core.Memory;

namespace LowLatency.Benchmarks.Peers.Queues;

/// <summary>A ConcurrentQueue, which has no bound, and the counters that give it one.</summary>
internal sealed class Credit
{
    public readonly ConcurrentQueue<LabEvent> Events = new();

    // By producer: what it wrote, and how much of it was taken when it last looked.
    public readonly PaddedLong[] Written = new PaddedLong[2];
    public readonly PaddedLong[] SeenTaken = new PaddedLong[2];
    public PaddedLong Taken;
}
