using Microsoft.Extensions.Configuration;

namespace LowLatency.Feeds.Settings;

/// <summary>Where ticks come from: the section LowLatency:feed.</summary>
public sealed class FeedSettings
{
    /// <summary>Which feed: simulator, replay or none.</summary>
    [ConfigurationKeyName("kind")]
    public FeedKind Kind { get; set; } = FeedKind.Simulator;

    /// <summary>The simulator.</summary>
    [ConfigurationKeyName("simulator")]
    public SimulatorSettings Simulator { get; set; } = new();

    /// <summary>The replay of files.</summary>
    [ConfigurationKeyName("replay")]
    public ReplaySettings Replay { get; set; } = new();

    /// <summary>The clock events of live runs.</summary>
    [ConfigurationKeyName("clock")]
    public ClockSettings Clock { get; set; } = new();
}
