namespace LowLatency.Engine;

/// <summary>Where an engine is in its life.</summary>
public enum EngineState
{
    /// <summary>Made, not started.</summary>
    Created,

    /// <summary>Its threads run.</summary>
    Running,

    /// <summary>Its threads have ended as they were asked to.</summary>
    Stopped,

    /// <summary>A thread has ended because of an error: <see cref="MarketEngine.Completion"/> tells which.</summary>
    Failed,
}
