using System.Collections.Concurrent;
using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Gateway.Connections;
using LowLatency.Gateway.Fanout;
using LowLatency.Gateway.Protocol;
using LowLatency.Market.Streams;
using Microsoft.Extensions.Logging;

namespace LowLatency.Gateway.Server;

/// <summary>The gateway of one process: the fanout with its thread, and the connections.</summary>
internal sealed class GatewayRuntime : IDisposable
{
    private const int ParkMs = 5;
    private const int OrderlyCloseMs = 700;
    private const int AbortMs = 200;

    private readonly ConcurrentDictionary<ClientConnection, byte> _connections = new();
    private volatile bool _stopping;

    /// <summary>Makes the gateway; it reads what is published from now on.</summary>
    public GatewayRuntime(PublishedStreams streams, GatewaySettings settings, ILoggerFactory loggers)
    {
        Streams = streams;
        Settings = settings;
        Logger = loggers.CreateLogger("LowLatency.Gateway");
        Limiter = new ConnectionLimiter(settings.ConnectionsPerAddress);
        Origins = new OriginPolicy(settings.AllowedOrigins);
        var parker = new Parker();
        Fanout = new FanoutAgent(streams, settings, Clock, parker, Logger);
        // A shorter park than other threads': it is also how late a flush can be.
        Runner = new AgentRunner<BackOffIdle>(Fanout.Name, new BackOffIdle(20_000, 50_000, ParkMs), parker, Fanout);
    }

    /// <summary>What is published.</summary>
    public PublishedStreams Streams { get; }

    /// <summary>The settings.</summary>
    public GatewaySettings Settings { get; }

    /// <summary>Where the gateway logs.</summary>
    public ILogger Logger { get; }

    /// <summary>The connections of each address.</summary>
    public ConnectionLimiter Limiter { get; }

    /// <summary>Who may connect from a browser.</summary>
    public OriginPolicy Origins { get; }

    /// <summary>The fanout.</summary>
    public FanoutAgent Fanout { get; }

    /// <summary>The fanout's thread.</summary>
    public AgentRunner Runner { get; }

    /// <summary>Batches to be used again.</summary>
    public BatchPool Pool { get; } = new();

    /// <summary>The clock.</summary>
    public IClock Clock { get; } = SystemClock.Instance;

    /// <summary>Whether new connections are turned away.</summary>
    public bool IsStopping => _stopping || Runner.Completion.IsCompleted;

    /// <summary>Starts the fanout's thread.</summary>
    public void Start()
    {
        Runner.Start();
        Runner.Completion.ContinueWith(
            ended => GatewayLog.FanoutEnded(Logger, ended.Exception!),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
    }

    /// <summary>Notes a connection while it lives.</summary>
    public void Add(ClientConnection connection)
    {
        _connections.TryAdd(connection, 0);
        if (_stopping) connection.Close(Maintenance());
    }

    /// <summary>Forgets a connection.</summary>
    public void Remove(ClientConnection connection) => _connections.TryRemove(connection, out _);

    /// <summary>Turns new connections away and closes those there are, within a second.</summary>
    public async Task CloseConnectionsAsync()
    {
        _stopping = true;
        foreach (ClientConnection connection in _connections.Keys) connection.Close(Maintenance());
        await WaitUntilEmptyAsync(OrderlyCloseMs);
        foreach (ClientConnection connection in _connections.Keys) connection.Abort();
        await WaitUntilEmptyAsync(AbortMs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Runner.Dispose();
        Streams.Ring.RemoveParker(Runner.Parker);
    }

    private static CloseRequest Maintenance() => new(CloseCode.Maintenance, "the gateway shuts down; connect again later");

    private async Task WaitUntilEmptyAsync(int timeoutMs)
    {
        long end = Clock.MonotonicNs() + (timeoutMs * 1_000_000L);
        while (!_connections.IsEmpty && Clock.MonotonicNs() < end) await Task.Delay(5);
    }
}
