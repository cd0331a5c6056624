using LowLatency.Benchmarks.Lab;
using LowLatency.Core.Histograms;

namespace LowLatency.Benchmarks.Tests;

/// <summary>Short ways to make up what was measured.</summary>
internal static class Results
{
    public const string Own = "ours";
    public const string Peer = "peer";
    public const string Rival = "rival";

    /// <summary>A run of a million events a second times <paramref name="millions"/>.</summary>
    public static LabRun Run(string contender, int repetition, double millions, double hopBeforeNs = 50, double hopAfterNs = 50, long bytes = 0) =>
        new(contender, repetition, hopBeforeNs, hopAfterNs, new RunOutcome(1_000_000, (long)(1e9 / millions), bytes, [0, 0, 0]));

    /// <summary>An experiment of throughput with us and two peers.</summary>
    public static ExperimentResult Throughput(params LabRun[] runs) =>
        new(new Experiment("core", "made-up", "nothing at all", Metric.Throughput, _ => []), 0, [(Own, Role.Ours), (Peer, Role.Peer), (Rival, Role.Peer)], [new MissingPeer("gone", "it left")], runs);

    /// <summary>An experiment of latency in which 2 % of the events are late, by as much as told.</summary>
    public static ExperimentResult Latency(int ownTailNs, int floorTailNs, double ratePerSecond = 1000, int count = 5) =>
        new(
            new Experiment("core", "made-up-tail", "nothing at all", Metric.MedianLatency, _ => []),
            ratePerSecond,
            [(Own, Role.Ours), (Peer, Role.Floor)],
            [],
            [.. Enumerable.Range(0, count).SelectMany(i => new[] { new LabRun(Own, i, 50, 50, Late(ownTailNs)), new LabRun(Peer, i, 50, 50, Late(floorTailNs)) })]);

    /// <summary>An experiment of latency.</summary>
    public static ExperimentResult Latency()
    {
        var latency = new LatencyHistogram(1, 10_000_000_000, 3);
        for (int i = 1; i <= 1000; i++) latency.Record(i);
        RunOutcome outcome = new(1000, 1_000_000, 0, [0, 0, 0]) { Latency = latency };
        return new(new Experiment("core", "made-up-too", "nothing <at> all", Metric.MedianLatency, _ => []), 1000, [(Own, Role.Ours), (Peer, Role.Floor)], [], [new LabRun(Own, 0, 50, 50, outcome), new LabRun(Peer, 0, 50, 50, outcome)]);
    }

    private static RunOutcome Late(int tailNs)
    {
        var latency = new LatencyHistogram(1, 10_000_000_000, 3);
        for (int i = 0; i < 98; i++) latency.Record(100);
        for (int i = 0; i < 2; i++) latency.Record(tailNs);
        return new(100, 1_000_000, 0, [0, 0, 0]) { Latency = latency };
    }
}
