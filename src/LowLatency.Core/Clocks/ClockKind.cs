namespace LowLatency.Core.Clocks;

/// <summary>The clocks that settings can name.</summary>
public enum ClockKind
{
    /// <summary>The time stamp counter where it can be used, else the system's clock.</summary>
    Auto,

    /// <summary>The processor's time stamp counter: <see cref="TscClock{TCounter}"/>; an error where it cannot be used.</summary>
    Tsc,

    /// <summary>The operating system's: <see cref="SystemClock"/>.</summary>
    System,
}
