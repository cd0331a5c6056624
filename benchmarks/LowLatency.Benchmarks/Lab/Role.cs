namespace LowLatency.Benchmarks.Lab;

/// <summary>What a contender is in its experiment.</summary>
public enum Role
{
    /// <summary>What LowLatency does.</summary>
    Ours,

    /// <summary>LowLatency in another arrangement; not what the ratio is about.</summary>
    Variant,

    /// <summary>Another library.</summary>
    Peer,

    /// <summary>What the machine itself can do: the bare cache line, the bare futex. Nobody can be better.</summary>
    Floor,
}
