using System.ComponentModel.DataAnnotations;
using LowLatency.Core.Agents;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Engine.Settings;

/// <summary>Where and how the engine's threads run (settings group <c>engine.placement</c>). What the system refuses is logged; the threads run on.</summary>
public sealed class PlacementSettings
{
    /// <summary>CPUs of the pipeline's thread, by the system's numbers; none leaves it where the system puts it.</summary>
    [ConfigurationKeyName("pipeline_cpus")]
    public int[] PipelineCpus { get; set; } = [];

    /// <summary>CPUs of the feeds' threads, each of which may run on all of them.</summary>
    [ConfigurationKeyName("feed_cpus")]
    public int[] FeedCpus { get; set; } = [];

    /// <summary>SCHED_FIFO priority of pipeline and feeds, 1 to 99; 0 for normal scheduling. Such a thread that never sleeps takes its CPU from everything else.</summary>
    [ConfigurationKeyName("fifo_priority")]
    [Range(0, ThreadPlacement.MaxFifoPriority)]
    public int FifoPriority { get; set; }

    /// <summary>Nice value of pipeline and feeds under normal scheduling, -20 (most of the processor) to 19.</summary>
    [ConfigurationKeyName("nice")]
    [Range(ThreadPlacement.MinNice, ThreadPlacement.MaxNice)]
    public int Nice { get; set; }

    /// <summary>Whether all memory of the process is kept in RAM, from the engine's start until the process ends.</summary>
    [ConfigurationKeyName("lock_memory")]
    public bool LockMemory { get; set; }

    /// <summary>The pipeline's placement; to be asked for when <see cref="Check"/> has found nothing.</summary>
    public ThreadPlacement Pipeline => new(PipelineCpus, FifoPriority, Nice);

    /// <summary>The feeds' placement.</summary>
    public ThreadPlacement Feed => new(FeedCpus, FifoPriority, Nice);

    /// <summary>Finds what cannot be.</summary>
    /// <param name="allowed">The CPUs of this process; empty when the system does not tell.</param>
    /// <param name="mistakes">Receives a line for each mistake.</param>
    internal void Check(IReadOnlyList<int> allowed, List<string> mistakes)
    {
        CheckCpus("pipeline_cpus", PipelineCpus, allowed, mistakes);
        CheckCpus("feed_cpus", FeedCpus, allowed, mistakes);
        if (FifoPriority != 0 && Nice != 0) mistakes.Add("engine.placement.nice: has no meaning with engine.placement.fifo_priority; set one of them to 0");
    }

    private static void CheckCpus(string name, int[] cpus, IReadOnlyList<int> allowed, List<string> mistakes)
    {
        foreach (int cpu in cpus.Distinct())
        {
            if (allowed.Count > 0 ? !allowed.Contains(cpu) : cpu < 0)
                mistakes.Add($"engine.placement.{name}: this process has no CPU {cpu}; allowed is {(allowed.Count > 0 ? CpuList.Format(allowed) : "0 and above")}");
        }
    }
}
