using LowLatency.Aeron.Client;
using LowLatency.Aeron.Driver;
using LowLatency.Core.Clocks;
using LowLatency.Core.Errors;

namespace LowLatency.Aeron.Tests.Simulation;

/// <summary>
/// A driver and its clients on the test's thread, with a clock that only the test moves: nothing happens but by <see cref="Step"/>, and every timeout is
/// reached without waiting.
/// </summary>
internal sealed class World : IDisposable
{
    private readonly MemoryFolder _folder = new();
    private readonly List<AeronClient> _clients = [];

    public World(Func<string, MediaDriverContext>? context = null)
    {
        DriverDirectory = _folder.PathOf("driver");
        Driver = MediaDriver.Launch(context is null ? Context() : context(DriverDirectory));
    }

    public ManualClock Clock { get; } = new(1_700_000_000_000_000_000);

    public string DriverDirectory { get; }

    public MediaDriver Driver { get; }

    public RecordedErrors Errors { get; } = new();

    /// <summary>Clients that get their turns in a step.</summary>
    public List<AeronClient> Living { get; } = [];

    public MediaDriverContext Context(int termLength = 64 * 1024, Func<string, long>? usableSpace = null) => new()
    {
        Directory = DriverDirectory,
        UsesInvoker = true,
        Clock = Clock,
        IpcTermLength = termLength,
        ToDriverBufferLength = 64 * 1024,
        ToClientsBufferLength = 64 * 1024,
        CounterValuesBufferLength = 64 * 1024,
        ErrorBufferLength = 64 * 1024,
        UsableSpace = usableSpace ?? (_ => long.MaxValue / 2),
    };

    public AeronClient Connect(Action<Image>? onAvailable = null, Action<Image>? onUnavailable = null, string name = "")
    {
        AeronClient client = AeronClient.Connect(new AeronContext
        {
            Directory = DriverDirectory,
            UsesInvoker = true,
            Clock = Clock,
            DriverAgent = Driver.Conductor,
            ErrorHandler = Errors,
            OnAvailableImage = onAvailable,
            OnUnavailableImage = onUnavailable,
            ClientName = name,
            Wait = _ => Clock.Advance(1_000_000),
        });
        _clients.Add(client);
        Living.Add(client);
        return client;
    }

    /// <summary>One turn of the driver and of every living client.</summary>
    public void Step()
    {
        Driver.Invoke();
        foreach (AeronClient client in Living) client.Invoke();
    }

    /// <summary>Lets time pass, in turns of at most 100 ms, so that the living stay alive.</summary>
    public void Pass(int milliseconds)
    {
        for (int left = milliseconds; left > 0; left -= 100)
        {
            Clock.Advance(Math.Min(left, 100) * 1_000_000L);
            Step();
        }

        Step();
    }

    public void Dispose()
    {
        foreach (AeronClient client in _clients) client.Dispose();
        Driver.Dispose();
        _folder.Dispose();
    }

    /// <summary>Errors that a handler was told.</summary>
    internal sealed class RecordedErrors : IErrorHandler
    {
        private readonly List<Exception> _all = [];

        public IReadOnlyList<Exception> All
        {
            get
            {
                lock (_all) return [.. _all];
            }
        }

        public void OnError(string source, Exception thrown)
        {
            lock (_all) _all.Add(thrown);
        }
    }
}
