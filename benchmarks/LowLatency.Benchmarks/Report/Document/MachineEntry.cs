namespace LowLatency.Benchmarks.Report.Document;

/// <summary>The machine and the runtime. Where the system does not tell something the text is "unknown".</summary>
public sealed record MachineEntry
{
    /// <summary>The processor's model.</summary>
    public required string CpuModel { get; init; }

    /// <summary>Processors that the process may use.</summary>
    public required int Cores { get; init; }

    /// <summary>Bytes of memory that the runtime may use.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Architecture of the process: X64, Arm64.</summary>
    public required string Architecture { get; init; }

    /// <summary>The operating system.</summary>
    public required string System { get; init; }

    /// <summary>The kernel's release.</summary>
    public required string Kernel { get; init; }

    /// <summary>The parameters of the kernel's start that change latencies: isolcpus, nohz_full, mitigations and the like; "none" when there are none.</summary>
    public required string KernelTuning { get; init; }

    /// <summary>The governor of the processors' frequency.</summary>
    public required string Governor { get; init; }

    /// <summary>Transparent huge pages: always, madvise or never.</summary>
    public required string TransparentHugePages { get; init; }

    /// <summary>The hypervisor or "none".</summary>
    public required string Hypervisor { get; init; }

    /// <summary>The .NET runtime.</summary>
    public required string Runtime { get; init; }

    /// <summary>The garbage collector: workstation or server, concurrent or not.</summary>
    public required string GarbageCollector { get; init; }

    /// <summary>Tiered compilation and profile-guided optimisation: on or off.</summary>
    public required string TieredCompilation { get; init; }

    /// <summary>The Java virtual machine of the peers, or "none".</summary>
    public required string Java { get; init; }

    /// <summary>The commit that was built.</summary>
    public required string Commit { get; init; }

    /// <summary>The load averages over 1, 5 and 15 minutes before the first experiment.</summary>
    public required string LoadAverage { get; init; }
}
