using LowLatency.Market.Streams;

namespace LowLatency.Gateway.Fanout;

/// <summary>A subscribe, unsubscribe or resume, its names looked up already.</summary>
internal sealed class StreamRequest
{
    /// <summary>The request's id as JSON; null when it has none.</summary>
    public byte[]? Id { get; init; }

    /// <summary>The streams.</summary>
    public List<(Channel Channel, uint Instrument)> Streams { get; } = [];

    /// <summary>Channels that are wanted of every instrument, also of those that appear later.</summary>
    public List<Channel> Wildcards { get; } = [];

    /// <summary>What could not be looked up.</summary>
    public List<Rejection> Rejections { get; } = [];

    /// <summary>How to deliver.</summary>
    public StreamChoice Choice { get; init; }

    /// <summary>What to begin with.</summary>
    public SnapshotWindow Snapshot { get; init; }

    /// <summary>Whether streams that are subscribed already begin afresh, instead of being rejected.</summary>
    public bool Restarts { get; init; }
}
