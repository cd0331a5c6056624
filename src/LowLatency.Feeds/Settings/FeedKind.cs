namespace LowLatency.Feeds.Settings;

/// <summary>Which feed an engine runs.</summary>
public enum FeedKind
{
    /// <summary>Made-up ticks: <see cref="Simulation.SimulatorFeed"/>.</summary>
    Simulator,

    /// <summary>Files: <see cref="Csv.TickCsvFeed"/>.</summary>
    Replay,

    /// <summary>None: whoever embeds the engine brings feeds of his own.</summary>
    None,
}
