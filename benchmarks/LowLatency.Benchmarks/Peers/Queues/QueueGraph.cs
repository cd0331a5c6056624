using LowLatency.Benchmarks.Lab;
using LowLatency.Core.Histograms;

namespace LowLatency.Benchmarks.Peers.Queues;

/// <summary>A queue of the base library in one of the graphs, a queue on each edge.</summary>
/// <typeparam name="TQueue">The queue.</typeparam>
/// <param name="name">What tables call it.</param>
/// <param name="graph">The graph.</param>
/// <param name="create">Makes a queue for a number of writers.</param>
internal sealed class QueueGraph<TQueue>(string name, Graph graph, Func<int, TQueue> create) : Contender(name, Role.Peer)
    where TQueue : struct, IEventQueue
{
    private readonly TQueue[] _edges = [.. Enumerable.Range(0, graph.QueueEdges()).Select(_ => create(graph == Graph.TwoProducers ? 2 : 1))];
    private long _next;

    public override RunOutcome Run(Load load) => Placement.Current.IsCrowded(graph.Threads()) ? Run<YieldWaiting>(load) : Run<SpinWaiting>(load);

    private static void ProduceAtRate<TWait>(TQueue queue, long first, Load load)
        where TWait : struct, IWaiting
    {
        var schedule = new OpenLoop(LabClock.NowNs(), load.RatePerSecond);
        for (long i = 0; i < load.Events; i++)
        {
            long due = schedule.Await<TWait>(i);
            QueueLoops.Write<TQueue, TWait>(queue, new LabEvent { Sequence = first + i, Value = LabEvent.ValueOf(first + i), IntendedNs = due });
        }
    }

    private static Tally ConsumeAtClock<TWait>(TQueue queue, long first, long count, LatencyHistogram latency)
        where TWait : struct, IWaiting
    {
        var tally = new Tally(first);
        for (long left = count; left > 0; left--)
        {
            LabEvent taken = QueueLoops.Read<TQueue, TWait>(queue);
            latency.Record(LabClock.NowNs() - taken.IntendedNs);
            tally.Take(taken);
        }

        return tally;
    }

    private static Tally[] ConsumeOfTwo<TWait>(TQueue queue, long first, long each)
        where TWait : struct, IWaiting
    {
        var tallies = new[] { new Tally(first), new Tally(first) };
        for (long left = 2 * each; left > 0; left--)
        {
            LabEvent taken = QueueLoops.Read<TQueue, TWait>(queue);
            tallies[(int)taken.Producer].Take(taken);
        }

        return tallies;
    }

    /// <summary>Takes each event from both queues.</summary>
    private static Tally[] Join<TWait>(TQueue left, TQueue right, long first, long count)
        where TWait : struct, IWaiting
    {
        var tallies = new[] { new Tally(first), new Tally(first) };
        for (long rest = count; rest > 0; rest--)
        {
            tallies[0].Take(QueueLoops.Read<TQueue, TWait>(left));
            tallies[1].Take(QueueLoops.Read<TQueue, TWait>(right));
        }

        return tallies;
    }

    private RunOutcome Run<TWait>(Load load)
        where TWait : struct, IWaiting
    {
        TQueue[] q = _edges;
        long first = _next;
        long count = graph == Graph.TwoProducers ? load.Events / 2 : load.Events;
        _next += count;
        var tallies = new Tally[4];
        LatencyHistogram? latency = graph == Graph.Latency ? new LatencyHistogram(1, 10_000_000_000, 3) : null;
        Action stage(int index, TQueue from, TQueue? to) => () => tallies[index] = QueueLoops.Consume<TQueue, TWait>(from, to, first, count);
        Action produce(TQueue[] to, long producer) => () => QueueLoops.Produce<TQueue, TWait>(to, first, count, producer);
        Action[] bodies = graph switch
        {
            Graph.Unicast => [produce(q, 0), stage(0, q[0], null)],
            Graph.Latency => [() => ProduceAtRate<TWait>(q[0], first, load), () => tallies[0] = ConsumeAtClock<TWait>(q[0], first, count, latency!)],
            Graph.Pipeline => [produce([q[0]], 0), stage(0, q[0], q[1]), stage(1, q[1], q[2]), stage(2, q[2], null)],
            Graph.Diamond => [produce([q[0], q[1]], 0), stage(0, q[0], q[2]), stage(1, q[1], q[3]), () => Join<TWait>(q[2], q[3], first, count).CopyTo(tallies, 2)],
            Graph.FanOut => [produce(q, 0), stage(0, q[0], null), stage(1, q[1], null), stage(2, q[2], null)],
            Graph.TwoProducers => [produce(q, 0), () => ConsumeOfTwo<TWait>(q[0], first, count).CopyTo(tallies, 0), produce(q, 1)],
            _ => throw new LabException($"There is no graph {graph}."),
        };
        CrewOutcome crew = Crew.Run(TimeSpan.FromSeconds(load.Seconds), bodies);
        foreach (Tally tally in tallies.AsSpan(0, graph.Tallies())) tally.Check(count, Name);
        return RunOutcome.Of(crew, graph == Graph.TwoProducers ? 2 * count : count, latency);
    }
}
