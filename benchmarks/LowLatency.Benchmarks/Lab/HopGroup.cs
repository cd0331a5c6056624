namespace LowLatency.Benchmarks.Lab;

/// <summary>How near the two cores were to each other in a repetition. Times are compared within one group only: a virtual machine's cores move.</summary>
public enum HopGroup
{
    /// <summary>Below 120 ns one way: the cores share a cache.</summary>
    Near,

    /// <summary>Above 150 ns and at most 1,000 ns one way: they do not.</summary>
    Far,

    /// <summary>Between the two, changed during the repetition, or so long that the machine was disturbed.</summary>
    Mixed,

    /// <summary>Not measured: the threads have no core each.</summary>
    Unknown,

    /// <summary>One thread does it all, so that there is no hop.</summary>
    Alone,
}
