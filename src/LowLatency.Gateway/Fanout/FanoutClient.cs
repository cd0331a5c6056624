using LowLatency.Gateway.Connections;
using LowLatency.Gateway.Json;

namespace LowLatency.Gateway.Fanout;

/// <summary>The fanout's side of one connection: what it subscribed, and the batch being filled for it. The fanout thread's own.</summary>
/// <param name="session">What messages call the connection.</param>
/// <param name="options">What the connection asked for when it was made.</param>
/// <param name="outbound">The way to the connection's send loop.</param>
/// <param name="pool">Where batches come from.</param>
/// <param name="limitBytes">Bytes that may wait for it.</param>
internal sealed class FanoutClient(string session, StreamOptions options, OutboundQueue outbound, BatchPool pool, long limitBytes)
{
    // While so many batches wait the client is behind: what can be conflated is held back.
    private const int BehindBatches = 2;

    private OutboundBatch? _filling;

    /// <summary>What messages call the connection.</summary>
    public string Session { get; } = session;

    /// <summary>What the connection asked for when it was made.</summary>
    public StreamOptions Options { get; } = options;

    /// <summary>How it wants times.</summary>
    public TimeUnit Unit { get; } = options.Unit;

    /// <summary>Its subscriptions by the stream's number.</summary>
    public Dictionary<int, Subscription> Subscriptions { get; } = [];

    /// <summary>What it wants of instruments that appear later, by the channel's index.</summary>
    public Dictionary<int, StreamChoice> Wildcards { get; } = [];

    /// <summary>Subscriptions that wait for the flush.</summary>
    public List<Subscription> Pending { get; } = [];

    /// <summary>Messages and records put into its batches so far.</summary>
    public long Messages { get; private set; }

    /// <summary>Records that a newer one replaced.</summary>
    public long Conflated { get; set; }

    /// <summary>Whether the fanout's list of clients to flush has it.</summary>
    public bool IsDirty { get; set; }

    /// <summary>Whether it has been told to be slow since it last caught up.</summary>
    public bool IsToldSlow { get; set; }

    /// <summary>Whether the limit on later instruments has been told to it.</summary>
    public bool IsToldLimit { get; set; }

    /// <summary>Whether it gets nothing any more.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Bytes that may wait for it.</summary>
    public long LimitBytes { get; } = limitBytes;

    /// <summary>Bytes that wait for it.</summary>
    public long WaitingBytes => outbound.Bytes + (_filling?.Length ?? 0);

    /// <summary>Whether its socket takes less than it gets.</summary>
    public bool IsBehind => outbound.Count >= BehindBatches;

    /// <summary>Whether a batch is being filled.</summary>
    public bool HasUnsent => _filling is not null;

    /// <summary>Adds a message. Whether it fits has been asked before.</summary>
    /// <param name="message">A JSON object.</param>
    public void AddText(ReadOnlySpan<byte> message)
    {
        OutboundBatch batch = _filling ??= pool.Rent();
        batch.AddText(message);
        Added(batch);
    }

    /// <summary>Adds a record for a binary frame.</summary>
    /// <param name="record">The record.</param>
    public void AddRecord(ReadOnlySpan<byte> record)
    {
        OutboundBatch batch = _filling ??= pool.Rent();
        batch.AddRecord(record);
        Added(batch);
    }

    /// <summary>Hands over what has been filled.</summary>
    public void Flush()
    {
        if (_filling is not { } batch) return;
        _filling = null;
        batch.Seal();
        outbound.Enqueue(batch);
    }

    /// <summary>Sends what has been filled and ends the connection.</summary>
    /// <param name="request">How.</param>
    public void Close(CloseRequest request)
    {
        IsClosed = true;
        Flush();
        outbound.End(request);
    }

    /// <summary>Gives up what has been filled, of a connection that is gone.</summary>
    public void Discard()
    {
        IsClosed = true;
        if (_filling is not null) pool.Return(_filling);
        _filling = null;
    }

    private void Added(OutboundBatch batch)
    {
        Messages++;
        if (batch.Length >= OutboundBatch.FullBytes) Flush();
    }
}
