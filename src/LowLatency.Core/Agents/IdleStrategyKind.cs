namespace LowLatency.Core.Agents;

/// <summary>The idle strategies that settings can name.</summary>
public enum IdleStrategyKind
{
    /// <summary>Spin, yield, then park: <see cref="BackOffIdle"/>.</summary>
    BackOff,

    /// <summary>Spin, then yield for ever: <see cref="YieldingIdle"/>.</summary>
    Yielding,

    /// <summary>Spin for ever: <see cref="BusySpinIdle"/>.</summary>
    BusySpin,

    /// <summary>Park at once: <see cref="BlockingIdle"/>.</summary>
    Blocking,
}
