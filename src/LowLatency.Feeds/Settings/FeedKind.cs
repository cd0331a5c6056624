namespace LowLatency.Feeds.Settings;

/// <summary>Which feed an engine runs.</summary>
public enum FeedKind
{
    /// <summary>Made-up ticks.</summary>
    Simulator,

    /// <summary>Files, one after another.</summary>
    Replay,

    /// <summary>None: whoever embeds the engine brings feeds of his own.</summary>
    None,
}
