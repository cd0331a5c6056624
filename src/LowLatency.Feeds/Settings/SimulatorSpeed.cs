namespace LowLatency.Feeds.Settings;

/// <summary>How fast simulated ticks are published.</summary>
public enum SimulatorSpeed
{
    /// <summary>When they are due by the clock.</summary>
    Live,

    /// <summary>As fast as the ring takes them; only the ticks' own times follow the rate.</summary>
    Max,
}
