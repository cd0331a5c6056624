using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Peers.Queues;

/// <summary>The queues of .NET's base library that hand events from thread to thread.</summary>
internal static class QueuePeers
{
    /// <summary>One contender a queue.</summary>
    public static IEnumerable<Contender> Of(Graph graph)
    {
        yield return new QueueGraph<ChannelQueue>("Channel (bounded)", graph, writers => new ChannelQueue(writers == 1));
        yield return new QueueGraph<CreditQueue>("ConcurrentQueue (bounded by credit)", graph, writers => new CreditQueue(writers));
        yield return new QueueGraph<BlockingQueue>("BlockingCollection", graph, _ => new BlockingQueue());
    }
}
