using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Core.Rings;
using LowLatency.Gateway.Connections;
using LowLatency.Gateway.Json;
using LowLatency.Gateway.Protocol;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;
using Microsoft.Extensions.Logging;

namespace LowLatency.Gateway.Fanout;

/// <summary>
/// The one thread between the ring and the clients: reads published records in batches, carries out what clients asked for in between, and hands
/// batches to the send loops. It never waits for anybody.
/// </summary>
internal sealed class FanoutAgent : Agent
{
    private const int ReadBytes = 64 * 1024;
    private const long CommandBudgetNs = 1_000_000;

    private readonly BroadcastReader _reader;
    private readonly byte[] _records = new byte[ReadBytes];
    private readonly ConcurrentQueue<ClientCommand> _commands = new();
    private readonly Parker _parker;
    private readonly IClock _clock;
    private readonly ILogger _logger;
    private readonly StreamTable _table;
    private readonly ClientList _clients = new();
    private readonly ConnectionMessages _messages;
    private readonly Flusher _flusher;
    private readonly long _flushNs;
    private readonly long _heartbeatNs;
    private readonly int _heartbeatMs;
    private long _lastFlushNs;
    private long _lastHeartbeatNs;

    /// <summary>Makes the fanout; it reads what is published from now on.</summary>
    public FanoutAgent(PublishedStreams streams, GatewaySettings settings, IClock clock, Parker parker, ILogger logger)
    {
        _parker = parker;
        _clock = clock;
        _logger = logger;
        _flushNs = settings.FlushMs * 1_000_000L;
        _heartbeatMs = settings.HeartbeatMs;
        _heartbeatNs = settings.HeartbeatMs * 1_000_000L;
        var names = new RecordNames(streams.Sources, streams.Alerts);
        _table = new StreamTable(streams, settings, names, new HistoryBudget(settings.HistoryMib * 1_048_576L));
        _messages = new ConnectionMessages(streams.Epoch);
        Delivery = new Delivery(_clients, _messages, Counters);
        _flusher = new Flusher(_clients, Delivery);
        var snapshots = new SnapshotWriter(Delivery, names);
        Desk = new SubscriptionDesk(_table, streams.Instruments, _clients, Delivery, snapshots, settings.StreamsPerConnection);
        _table.Added = Desk.Announce;
        _reader = streams.AddReader(parker);
        _lastFlushNs = _lastHeartbeatNs = clock.MonotonicNs();
    }

    /// <inheritdoc/>
    public override string Name => "gateway-fanout";

    /// <summary>What is counted.</summary>
    public FanoutCounters Counters { get; } = new();

    /// <summary>Puts messages into the clients' batches.</summary>
    internal Delivery Delivery { get; }

    /// <summary>Subscribes and unsubscribes.</summary>
    internal SubscriptionDesk Desk { get; }

    /// <summary>Asks for something to be done on the fanout's thread. Any thread.</summary>
    /// <param name="command">What.</param>
    public void Post(ClientCommand command)
    {
        _commands.Enqueue(command);
        _parker.UnparkIfParked();
    }

    /// <inheritdoc/>
    public override bool HasWork() => _reader.HasRecords() || !_commands.IsEmpty;

    /// <inheritdoc/>
    public override int DoWork()
    {
        int read = _reader.Read(_records);
        if (read != 0) Distribute(_records.AsSpan(0, read));
        else if (_reader.Laps != Delivery.Laps) NoteLap();
        int executed = _commands.IsEmpty ? 0 : Execute();
        if (_clients.Closed.Count != 0) _clients.Sweep();
        if (_clients.All.Count != 0) RunTimers();
        return read + executed;
    }

    /// <summary>Takes a new client.</summary>
    internal void Connect(FanoutClient client)
    {
        _clients.All.Add(client);
        Counters.Clients = _clients.All.Count;
        Delivery.Send(client, ControlMessages.Connected(client, _messages.Epoch, _heartbeatMs, _clock.EpochNs()));
    }

    /// <summary>Forgets a client that is gone.</summary>
    internal void Disconnect(FanoutClient client)
    {
        client.Discard();
        _clients.Closed.Add(client);
        _clients.All.Remove(client);
        Counters.Clients = _clients.All.Count;
    }

    private void Distribute(ReadOnlySpan<byte> records)
    {
        long count = 0;
        while (!records.IsEmpty)
        {
            ReadOnlySpan<byte> record = records[..RecordLengths.Of((RecordType)records[0])];
            records = records[record.Length..];
            // For readers elsewhere; here the tables say it.
            if ((RecordType)record[0] == RecordType.Definition) continue;
            if (_table.Of(record) is { } stream) Delivery.Deliver(stream, record, MemoryMarshal.AsRef<RecordHeader>(record).Sequence);
            else Counters.Unrouted++;
            count++;
        }

        Counters.Records += count;
    }

    private void NoteLap()
    {
        Delivery.Laps = _reader.Laps;
        Counters.LastLapNs = _clock.MonotonicNs();
        Counters.Laps = _reader.Laps;
        GatewayLog.Lapped(_logger, _reader.Laps, _reader.LostBytes);
    }

    private int Execute()
    {
        // Bounded, so that many requests at once do not keep the fanout from the ring until it is lapped.
        long end = _clock.MonotonicNs() + CommandBudgetNs;
        int executed = 0;
        do
        {
            if (!_commands.TryDequeue(out ClientCommand? command)) break;
            executed++;
            if (command.Client.IsClosed && command is not DisconnectCommand) continue;
            try
            {
                command.Execute(this);
            }
            catch (Exception mistake)
            {
                Counters.Mistakes++;
                GatewayLog.CommandFailed(_logger, command.GetType().Name, command.Client.Session, mistake);
                Delivery.Close(command.Client, new CloseRequest(CloseCode.InternalError, "the gateway made a mistake; its log says which"));
            }
        }
        while (_clock.MonotonicNs() < end);
        return executed;
    }

    private void RunTimers()
    {
        long now = _clock.MonotonicNs();
        if (now - _lastHeartbeatNs >= _heartbeatNs)
        {
            _lastHeartbeatNs = now;
            long epochNs = _clock.EpochNs();
            foreach (FanoutClient client in _clients.All) Delivery.Send(client, _messages.Heartbeat(client, epochNs));
        }

        if (_clients.Dirty.Count == 0 || now - _lastFlushNs < _flushNs) return;
        _lastFlushNs = now;
        _flusher.Flush(now);
    }
}
