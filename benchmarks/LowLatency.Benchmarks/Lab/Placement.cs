using LowLatency.Benchmarks.Lab.Native;

namespace LowLatency.Benchmarks.Lab;

/// <summary>Where the threads of an experiment run: thread i on the i-th processor of the process, round and round.</summary>
public sealed class Placement
{
    private readonly int[] _cpus;
    private volatile string? _refusal;

    private Placement(int[] cpus, string? refusal) => (_cpus, _refusal) = (cpus, refusal);

    /// <summary>The placement of this process.</summary>
    public static Placement Current { get; } = Find();

    /// <summary>How many threads have a processor of their own.</summary>
    public int Cores => _cpus.Length == 0 ? Environment.ProcessorCount : _cpus.Length;

    /// <summary>Why threads are not pinned; null when they are.</summary>
    public string? Refusal => _refusal;

    /// <summary>Whether threads that spin would wait for each other's time slices.</summary>
    /// <param name="threads">How many there are.</param>
    public bool IsCrowded(int threads) => threads > Cores;

    /// <summary>Pins the calling thread.</summary>
    /// <param name="index">Its number in the experiment, from 0.</param>
    public void PinCurrentThread(int index) => PinThread(0, index);

    /// <summary>Pins a thread, also one of another process of this user.</summary>
    /// <param name="thread">Its id in the kernel; 0 for the calling one.</param>
    /// <param name="index">Its number in the experiment, from 0.</param>
    public void PinThread(int thread, int index)
    {
        if (_cpus.Length == 0) return;
        int error = LinuxThread.Pin(thread, _cpus[index % _cpus.Length]);
        if (error != 0) _refusal = $"sched_setaffinity was refused with error {error}; threads run where the system puts them.";
    }

    private static Placement Find()
    {
        if (!LinuxThread.IsSupported) return new Placement([], "Threads are pinned on Linux only; here they run where the system puts them.");
        int[] cpus = LinuxThread.AllowedCpus();
        return new Placement(cpus, cpus.Length == 0 ? "sched_getaffinity was refused; threads run where the system puts them." : null);
    }
}
