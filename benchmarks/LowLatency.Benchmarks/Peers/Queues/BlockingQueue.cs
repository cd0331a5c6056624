using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Peers.Queues;

/// <summary>A bounded BlockingCollection.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It never blocks, so it holds nothing of the system; a struct would be disposed in a copy.")]
internal readonly struct BlockingQueue : IEventQueue
{
    private readonly BlockingCollection<LabEvent> _collection = new(Contender.Capacity);

    public BlockingQueue()
    {
    }

    public bool TryWrite(in LabEvent sent) => _collection.TryAdd(sent);

    public bool TryRead(out LabEvent taken) => _collection.TryTake(out taken);
}
