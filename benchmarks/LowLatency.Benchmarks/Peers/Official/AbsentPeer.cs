using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Peers.Official;

/// <summary>A peer that nobody can run here: the results name it, and say why.</summary>
/// <param name="name">Its name.</param>
/// <param name="reason">Why.</param>
internal sealed class AbsentPeer(string name, string reason) : Contender(name, Role.Peer)
{
    public override string? Missing => reason;

    public override RunOutcome Run(Load load) => throw new LabException($"{Name}: {reason}");
}
