namespace LowLatency.Benchmarks.Lab;

/// <summary>Numbers that follow from a graph.</summary>
public static class GraphShape
{
    /// <summary>Threads, producers included.</summary>
    public static int Threads(this Graph graph) => graph switch
    {
        Graph.Unicast or Graph.Latency => 2,
        Graph.TwoProducers => 3,
        _ => 4,
    };

    /// <summary>Edges, each of which wants a queue where there is no ring that all share.</summary>
    public static int QueueEdges(this Graph graph) => graph switch
    {
        Graph.Pipeline or Graph.FanOut => 3,
        Graph.Diamond => 4,
        _ => 1,
    };

    /// <summary>How many streams of events the consumers of queues check: one an edge's end, or a producer.</summary>
    public static int Tallies(this Graph graph) => graph switch
    {
        Graph.TwoProducers => 2,
        _ => graph.QueueEdges(),
    };
}
