namespace LowLatency.Core.Native;

/// <summary>
/// Where and how the calling thread runs, and which memory stays. Every call returns 0 or more when it was done, and a negated error number
/// (<see cref="Errno"/>) when the system refused. Implemented by structs, so that who uses them is compiled for one.
/// </summary>
internal interface IThreadCalls
{
    /// <summary>Binds the calling thread to CPUs.</summary>
    /// <param name="cpus">Their numbers, from 0; at least one, any order.</param>
    int SetAffinity(ReadOnlySpan<int> cpus);

    /// <summary>The CPUs that the calling thread may run on, ascending.</summary>
    /// <param name="cpus">Receives as many as there is room for.</param>
    /// <returns>How many there are.</returns>
    int GetAffinity(Span<int> cpus);

    /// <summary>Runs the calling thread under SCHED_FIFO; threads that it starts do not inherit it.</summary>
    /// <param name="priority">1 to 99; 0 takes it back to normal scheduling.</param>
    int SetFifo(int priority);

    /// <summary>The calling thread's SCHED_FIFO priority; 0 when it runs under another policy.</summary>
    int GetFifo();

    /// <summary>Sets the calling thread's nice value; threads that it starts do not inherit one below 0.</summary>
    /// <param name="nice">-20 (most of the processor) to 19 (least).</param>
    int SetNice(int nice);

    /// <summary>The calling thread's nice value.</summary>
    /// <param name="nice">Receives it; 0 when the call was refused.</param>
    int GetNice(out int nice);

    /// <summary>Keeps the whole process's memory in RAM: what is there now, and what comes when it is first touched.</summary>
    int LockMemory();

    /// <summary>Lets go of it.</summary>
    int UnlockMemory();
}
