using LowLatency.Aeron.Client;

namespace LowLatency.Benchmarks.Peers.Official;

/// <summary>The official driver in a process of its own: one thread that backs off, terms of the usual length that have their memory before they are used.</summary>
internal sealed class OfficialDriver : IDisposable
{
    public const string Program = "aeronmd";

    private const int ClientHeartbeatType = 11;

    private readonly OfficialProcess _process;

    private OfficialDriver(OfficialProcess process, string directory) => (_process, Directory) = (process, directory);

    /// <summary>Its folder.</summary>
    public string Directory { get; }

    /// <summary>Starts it, and waits until it can be used.</summary>
    public static OfficialDriver Start(string directory)
    {
        var settings = new Dictionary<string, string>
        {
            ["AERON_DIR"] = directory,
            ["AERON_THREADING_MODE"] = "SHARED",
            ["AERON_SHARED_IDLE_STRATEGY"] = "backoff",
            ["AERON_TERM_BUFFER_SPARSE_FILE"] = "false",
        };
        var driver = new OfficialDriver(OfficialProcess.Start(Program, null, settings), directory);
        try
        {
            driver.Connect().Dispose();
            return driver;
        }
        catch
        {
            driver.Dispose();
            throw;
        }
    }

    /// <summary>Waits until it has a client, with a subscription for one: what the samples print comes late when it goes into a pipe.</summary>
    public void AwaitClient()
    {
        using AeronClient watching = Connect();
        OfficialPrograms.Await(() => watching.Counters.ReadAll().Any(counter => counter.TypeId == ClientHeartbeatType) ? watching : null, "a client of aeronmd");
    }

    /// <summary>Our client of it.</summary>
    public AeronClient Connect() => AeronClient.Connect(new AeronContext { Directory = Directory });

    public void Dispose() => _process.Dispose();
}
