using LowLatency.Gateway.Fanout;

namespace LowLatency.Gateway.Protocol;

/// <summary>A client's message, read but not yet looked up.</summary>
internal sealed class ClientRequest
{
    /// <summary>What it asks for.</summary>
    public RequestAction Action { get; set; }

    /// <summary>The channels named.</summary>
    public List<string> Channels { get; set; } = [];

    /// <summary>The symbols named; a single * for all.</summary>
    public List<string> Symbols { get; set; } = [];

    /// <summary>How to deliver.</summary>
    public StreamChoice Choice { get; set; }

    /// <summary>What to begin with.</summary>
    public SnapshotWindow Snapshot { get; set; }

    /// <summary>The streams of a resume, as channel:symbol.</summary>
    public List<string> Last { get; set; } = [];
}
