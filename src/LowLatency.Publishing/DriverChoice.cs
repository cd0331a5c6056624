namespace LowLatency.Publishing;

/// <summary>Which Aeron driver a process uses.</summary>
public enum DriverChoice
{
    /// <summary>The one that lives in the folder, where there is one; else one in this process.</summary>
    Auto,

    /// <summary>One in this process; where another lives in the folder it does not start.</summary>
    Embedded,

    /// <summary>The one of the folder, <c>./run.sh driver</c> or <c>aeronmd</c>; it is waited for.</summary>
    External,
}
