using LowLatency.Benchmarks.Lab;
using LowLatency.Benchmarks.Ours;
using LowLatency.Benchmarks.Peers.Java;
using LowLatency.Benchmarks.Peers.Queues;

namespace LowLatency.Benchmarks.Experiments;

/// <summary>The experiments of suite core, in the order in which they run.</summary>
internal static class CoreExperiments
{
    private const string Suite = "core";

    /// <summary>All of them.</summary>
    public static Experiment[] All { get; } =
    [
        Throughput("unicast", "one producer, one consumer, events published one by one", Graph.Unicast, 1, () => [new RingUnicast(1)]),
        Throughput("unicast-10", "one producer, one consumer, 10 events a claim", Graph.Unicast, 10, () => [new RingUnicast(10)]),
        Throughput("unicast-64", "one producer, one consumer, 64 events a claim", Graph.Unicast, 64, () => [new RingUnicast(64)]),
        Latency("latency-1m", "one way, an event each microsecond", _ => 1_000_000),
        Latency("latency-load-10", "one way, at a tenth of what our ring can do in 'unicast'", TenthOfUnicast),
        Throughput("pipeline", "one producer, three consumers in a row", Graph.Pipeline, 1, () => [new RingPipeline(), new RingFused()]),
        Throughput("diamond", "one producer, two consumers side by side, one behind both", Graph.Diamond, 1, () => [new RingDiamond(), new RingFused()]),
        Throughput("two-producers", "two producers, one consumer", Graph.TwoProducers, 1, () => [new RingTwoProducers()]),
        Throughput("fan-out", "one producer, three consumers that see every event", Graph.FanOut, 1, () => [new RingFanOut()]),
    ];

    private static Experiment Throughput(string name, string about, Graph graph, int batch, Func<Contender[]> ours) =>
        new(Suite, name, about, Metric.Throughput, session => [.. ours(), .. Peers(session, graph, batch)]);

    private static Experiment Latency(string name, string about, Func<LabSession, double> rate) =>
        new(Suite, name, about, Metric.MedianLatency, session => [new RingLatency(), .. Peers(session, Graph.Latency, 1)]) { RatePerSecond = rate };

    private static IEnumerable<Contender> Peers(LabSession session, Graph graph, int batch) =>
    [
        new JavaGraph(session, graph, batch, "next"),
        new JavaGraph(session, graph, batch, "try"),
        .. QueuePeers.Of(graph),
    ];

    private static double TenthOfUnicast(LabSession session)
    {
        using var ring = new RingUnicast(1);
        var laboratory = new Laboratory(session, _ => { });
        Load load = laboratory.WarmUp(ring, 0, session.Options.Seconds);
        return Math.Round(load.Events / load.Seconds / 10, -4);
    }
}
