using LowLatency.Benchmarks.Ipc;
using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Peers.Official;

/// <summary>Official samples over the official driver, all started anew for a run and ended with it.</summary>
/// <param name="name">What tables call it.</param>
/// <param name="programs">The programs that it needs beside the driver.</param>
internal abstract class OfficialPeer(string name, params string[] programs) : Contender(name, Role.Peer)
{
    protected const string Channel = "aeron:ipc";

    protected static readonly IReadOnlyDictionary<string, string> NoSettings = new Dictionary<string, string>();

    public sealed override string? Missing => OfficialPrograms.Missing([OfficialDriver.Program, .. programs]);

    public sealed override bool StartsAnew => true;

    public sealed override RunOutcome Run(Load load)
    {
        using var folder = new IpcFolder();
        using OfficialDriver driver = OfficialDriver.Start(folder.DriverPath);
        return Run(load, driver);
    }

    /// <summary>Runs the samples over a driver that has been started.</summary>
    protected abstract RunOutcome Run(Load load, OfficialDriver driver);

    /// <summary>An outcome of messages at a rate.</summary>
    protected static RunOutcome At(double ratePerSecond, long events) => new(events, (long)(events / ratePerSecond * 1e9), 0, [0, 0, 0]);
}
