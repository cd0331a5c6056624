using LowLatency.Aeron.Client;
using LowLatency.Aeron.Driver;
using LowLatency.Aeron.Tests.Processes;
using LowLatency.Core.Counters;

namespace LowLatency.Aeron.Tests.Interop;

/// <summary>A driver of either kind, running, with short timeouts.</summary>
internal sealed class AnyDriver : IDisposable
{
    private readonly MemoryFolder _folder;
    private readonly MediaDriver? _embedded;

    public AnyDriver(DriverKind kind)
    {
        // First: a test that is skipped here leaves no folder.
        OfficialPrograms.Need("basic_publisher");
        _folder = new MemoryFolder();
        Directory = _folder.PathOf("driver");
        if (kind == DriverKind.Embedded) _embedded = MediaDriver.Launch(Role.ContextOf(Directory, isQuick: true));
        else Official = OfficialPrograms.StartDriver(Directory);
    }

    public string Directory { get; }

    /// <summary>The official driver's process.</summary>
    public RoleProcess? Official { get; }

    public AeronClient Connect(Core.Errors.IErrorHandler? errors = null)
    {
        AeronContext context = Role.ClientContextOf(Directory, isQuick: true);
        return AeronClient.Connect(new AeronContext
        {
            Directory = Directory, DriverTimeoutMs = 10_000, KeepaliveIntervalMs = context.KeepaliveIntervalMs, ClientName = "ours", ErrorHandler = errors,
        });
    }

    public long Counter(int id)
    {
        using CountersSource source = CountersSource.Open(Path.Combine(Directory, "cnc.dat"));
        return source.Counters.TryRead(id, out CounterSnapshot counter) ? counter.Value : -1;
    }

    public void Dispose()
    {
        _embedded?.Dispose();
        Official?.Dispose();
        _folder.Dispose();
    }
}
