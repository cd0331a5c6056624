namespace LowLatency.Core.Agents;

/// <summary>Where and how a thread should run.</summary>
public sealed class ThreadPlacement
{
    /// <summary>Most of a SCHED_FIFO priority.</summary>
    public const int MaxFifoPriority = 99;

    /// <summary>The nice value that takes most of the processor.</summary>
    public const int MinNice = -20;

    /// <summary>The nice value that takes least of it.</summary>
    public const int MaxNice = 19;

    private readonly int[] _cpus;

    /// <summary>Makes a placement.</summary>
    /// <param name="cpus">The CPUs that the thread may run on, by the system's numbers; none leaves it where the system puts it.</param>
    /// <param name="fifoPriority">SCHED_FIFO priority, 1 to 99; 0 for normal scheduling.</param>
    /// <param name="nice">Nice value under normal scheduling, -20 to 19.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    /// <exception cref="ArgumentException">Both a SCHED_FIFO priority and a nice value: the system would ignore the latter.</exception>
    public ThreadPlacement(IEnumerable<int> cpus, int fifoPriority = 0, int nice = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fifoPriority);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fifoPriority, MaxFifoPriority);
        ArgumentOutOfRangeException.ThrowIfLessThan(nice, MinNice);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nice, MaxNice);
        if (fifoPriority != 0 && nice != 0) throw new ArgumentException("A thread has a SCHED_FIFO priority or a nice value, not both.", nameof(nice));
        _cpus = [.. cpus.Distinct().Order()];
        foreach (int cpu in _cpus) ArgumentOutOfRangeException.ThrowIfNegative(cpu, nameof(cpus));
        FifoPriority = fifoPriority;
        Nice = nice;
    }

    /// <summary>As the system likes.</summary>
    public static ThreadPlacement Anywhere { get; } = new([]);

    /// <summary>The CPUs that the thread may run on, ascending; empty for all.</summary>
    public IReadOnlyList<int> Cpus => _cpus;

    /// <summary>SCHED_FIFO priority; 0 for normal scheduling.</summary>
    public int FifoPriority { get; }

    /// <summary>Nice value under normal scheduling.</summary>
    public int Nice { get; }

    /// <summary>Whether it asks for anything.</summary>
    public bool IsAnywhere => _cpus.Length == 0 && FifoPriority == 0 && Nice == 0;

    internal ReadOnlySpan<int> CpuNumbers => _cpus;
}
