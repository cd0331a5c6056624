namespace LowLatency.Core.Counters;

/// <summary>What a counters file tells of its process.</summary>
public enum ProcessState
{
    /// <summary>Its heart beats.</summary>
    Running,

    /// <summary>It ended in order.</summary>
    Stopped,

    /// <summary>Its heart does not beat, and there is no such process: it ended without order.</summary>
    Dead,

    /// <summary>Its heart does not beat, but there is such a process: it hangs, or was halted.</summary>
    Silent,
}
