using LowLatency.Benchmarks.Floors;
using LowLatency.Benchmarks.Lab;
using LowLatency.Benchmarks.Ours;
using LowLatency.Benchmarks.Peers.Java;
using LowLatency.Benchmarks.Peers.Queues;
using LowLatency.Benchmarks.Peers.Wakes;
using LowLatency.Core.Agents;

namespace LowLatency.Benchmarks.Experiments;

/// <summary>The experiments of suite core, in the order in which they run.</summary>
internal static class CoreExperiments
{
    private const string Suite = "core";

    // Each event costs two looks at the clock; beyond this the clock is what is measured.
    private const double MostTimedPerSecond = 5_000_000;

    /// <summary>All of them.</summary>
    public static Experiment[] All { get; } =
    [
        new(Suite, "hop", "a cache line from one core to the other and back, with time stamps", Metric.MedianLatency, _ => [new BareLine()]),
        Throughput("unicast", "one producer, one consumer, events published one by one", Graph.Unicast, 1, () => [new RingUnicast(1)]),
        Throughput("unicast-10", "one producer, one consumer, 10 events a claim", Graph.Unicast, 10, () => [new RingUnicast(10)]),
        Throughput("unicast-64", "one producer, one consumer, 64 events a claim", Graph.Unicast, 64, () => [new RingUnicast(64)]),
        Latency("latency-1m", "one way, an event each microsecond", _ => 1_000_000, () => [new RingLatency(), new BareLine()]),
        Latency("latency-load-10", "one way, at a tenth of what our ring can do in 'unicast', but at most 5 M/s", TenthOfUnicast, () => [new RingLatency()]),
        Throughput("pipeline", "one producer, three consumers in a row", Graph.Pipeline, 1, () => [new RingPipeline(), new RingFused()]),
        Throughput("diamond", "one producer, two consumers side by side, one behind both", Graph.Diamond, 1, () => [new RingDiamond(), new RingFused()]),
        Throughput("two-producers", "two producers, one consumer", Graph.TwoProducers, 1, () => [new RingLanes(), new RingTwoProducers()]),
        Throughput("fan-out", "one producer, three consumers that see every event", Graph.FanOut, 1, () => [new RingFanOut()]),
        new(Suite, "wake", "from the waker's look at the clock to the sleeper's, who sleeps in the kernel", Metric.MedianLatency, _ => [new RingWake(), new FutexWake(), new MonitorWake(), new SemaphoreWake()])
        {
            RatePerSecond = _ => 2000,
        },
        new(Suite, "waits-1k", "one way, an event each millisecond, with each idle strategy", Metric.MedianLatency, _ => IdleStrategies()) { RatePerSecond = _ => 1000 },
        new(Suite, "idle", "processor time of an agent's thread that has nothing to do, with each idle strategy", Metric.Cpu, _ => IdleStrategies())
        {
            LeastSeconds = 2,
            IsIdle = true,
        },
        new(Suite, "allocation", "nothing is allocated or collected at a million events a second", Metric.MedianLatency, session => [new RingLatency(session.Allocates)])
        {
            RatePerSecond = _ => 1_000_000,
            MustNotAllocate = true,
        },
        new(Suite, "soak", "the same for a long time", Metric.MedianLatency, session => [new RingLatency(session.Allocates)])
        {
            RatePerSecond = _ => 1_000_000,
            MustNotAllocate = true,
            UsualSeconds = 300,
            MostRepetitions = 1,
            OnlyByName = true,
        },
    ];

    private static Experiment Throughput(string name, string about, Graph graph, int batch, Func<Contender[]> ours) =>
        new(Suite, name, about, Metric.Throughput, session => [.. ours(), .. Peers(session, graph, batch)]);

    private static Experiment Latency(string name, string about, Func<LabSession, double> rate, Func<Contender[]> ours) =>
        new(Suite, name, about, Metric.MedianLatency, session => [.. ours(), .. Peers(session, Graph.Latency, 1)]) { RatePerSecond = rate };

    private static IEnumerable<Contender> Peers(LabSession session, Graph graph, int batch) =>
    [
        new JavaGraph(session, graph, batch, "next"),
        new JavaGraph(session, graph, batch, "try"),
        .. QueuePeers.Of(graph),
    ];

    private static Contender[] IdleStrategies() => [new IdleStrategyRun(IdleStrategyKind.BackOff), new IdleStrategyRun(IdleStrategyKind.Yielding), new IdleStrategyRun(IdleStrategyKind.BusySpin), new IdleStrategyRun(IdleStrategyKind.Blocking)];

    private static double TenthOfUnicast(LabSession session)
    {
        using var ring = new RingUnicast(1);
        var laboratory = new Laboratory(session, _ => { });
        Load load = laboratory.WarmUp(ring, 0, session.Options.Seconds);
        return Math.Clamp(Math.Round(load.Events / load.Seconds / 100_000) * 10_000, 100_000, MostTimedPerSecond);
    }
}
