namespace LowLatency.Publishing;

/// <summary>Where an engine publishes beside the ring of its own process.</summary>
public enum PublishingKind
{
    /// <summary>Over Aeron where that can be had; where not, the log says why, and the ring is all there is.</summary>
    Auto,

    /// <summary>Over Aeron; where that cannot be had the engine does not start.</summary>
    Aeron,

    /// <summary>Nowhere else.</summary>
    Ring,
}
