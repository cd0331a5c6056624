using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Peers.Java;

/// <summary>The LMAX Disruptor in one of the graphs.</summary>
/// <param name="session">Where the harness lives.</param>
/// <param name="graph">The graph.</param>
/// <param name="batch">Events a claim.</param>
/// <param name="claim">"next": its own claim, which parks for a moment when the ring is full; "try": tries again after a pause, as our producers do.</param>
internal sealed class JavaGraph(LabSession session, Graph graph, int batch, string claim)
    : Contender($"LMAX Disruptor {JavaTools.DisruptorVersion()} (Java, {claim}{(claim == "try" ? "Next" : "")})", Role.Peer)
{
    private readonly string _request = $"{graph} {batch} {(Placement.Current.IsCrowded(graph.Threads()) ? "yield" : "spin")} {claim} {Capacity}";

    public override string? Missing => session.JavaMissing;

    public override RunOutcome Run(Load load) => session.Java.Run(_request, load);
}
