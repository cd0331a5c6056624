namespace LowLatency.Core.Agents;

/// <summary>
/// Places threads and locks memory. What the system refuses is told, never thrown: a thread in the wrong place is slower, not wrong. To be had from
/// <see cref="Native.NativeFactory"/>.
/// </summary>
public abstract class ThreadPlacer
{
    private protected ThreadPlacer()
    {
    }

    /// <summary>The CPUs that the calling thread may run on, ascending; empty when the system does not tell.</summary>
    public abstract IReadOnlyList<int> AllowedCpus();

    /// <summary>Places the calling thread.</summary>
    /// <param name="thread">Its name, for what is refused.</param>
    /// <param name="placement">Where and how it should run.</param>
    /// <returns>What was refused; empty when all was done.</returns>
    public abstract IReadOnlyList<PlacementRefusal> Place(string thread, ThreadPlacement placement);

    /// <summary>Keeps the whole process's memory in RAM.</summary>
    /// <returns>The refusal; null when it was done.</returns>
    public abstract PlacementRefusal? LockMemory();

    /// <summary>Lets go of it.</summary>
    public abstract void UnlockMemory();
}
