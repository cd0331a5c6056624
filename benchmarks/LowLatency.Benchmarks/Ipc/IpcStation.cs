using LowLatency.Aeron.Client;
using LowLatency.Aeron.Driver;
using LowLatency.Benchmarks.Lab;
using LowLatency.Benchmarks.Peers.Official;
using LowLatency.Core.Agents;

namespace LowLatency.Benchmarks.Ipc;

/// <summary>
/// A driver and our client. The embedded driver has its turn during runs only, so that it does not wake up beside other contenders: nothing in between times out.
/// </summary>
internal sealed class IpcStation : IDisposable
{
    private const int NeverMs = 3_600_000;

    private readonly IpcFolder _folder = new();
    private readonly MediaDriver? _driver;
    private readonly OfficialDriver? _official;

    public IpcStation(DriverKind kind)
    {
        Kind = kind;
        if (kind == DriverKind.Official)
        {
            _official = OfficialDriver.Start(_folder.DriverPath);
            Client = _official.Connect();
            return;
        }

        _driver = MediaDriver.Launch(new MediaDriverContext
        {
            Directory = _folder.DriverPath,
            UsesInvoker = true,
            ClientLivenessTimeoutMs = NeverMs,
            PublicationUnblockTimeoutMs = NeverMs + 1,
            IsTermBufferSparse = false,
        });
        // The client's own thread and the driver: a client waits for answers, which must come from somewhere meanwhile.
        using IDisposable? turns = Turns();
        Client = AeronClient.Connect(new AeronContext { Directory = _folder.DriverPath, DriverTimeoutMs = NeverMs });
    }

    /// <summary>Whose driver it is.</summary>
    public DriverKind Kind { get; }

    /// <summary>The client.</summary>
    public AeronClient Client { get; }

    /// <summary>The embedded driver; throws where it is not ours.</summary>
    public MediaDriver Driver => _driver ?? throw new LabException("The driver is the official one, in another process.");

    /// <summary>Gives the embedded driver a thread until this is disposed; null for the official one.</summary>
    public IDisposable? Turns()
    {
        if (_driver is null) return null;
        AgentRunner runner = AgentRunner.Create("aeron-driver", IdleStrategyKind.BackOff, new Parker(), new RunnerOptions { ParkMs = 1 }, new DriverTurns(_driver));
        runner.Start();
        return runner;
    }

    /// <summary>The thread that a run needs beside the subscriber's: none where that invokes the driver.</summary>
    public IDisposable? TurnsOfRun() => Kind == DriverKind.OwnThread ? Turns() : null;

    public void Dispose()
    {
        Client.Dispose();
        _driver?.Dispose();
        _official?.Dispose();
        _folder.Dispose();
    }
}
