namespace LowLatency.Benchmarks.Report.Document;

/// <summary>The results of one command, as --json writes and --compare reads them. docs/benchmarks.md describes it.</summary>
public sealed record LabDocument
{
    /// <summary>The version of this layout; a file of another one is refused.</summary>
    public const int Version = 2;

    /// <summary>The version of the layout that the file has.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>When the command started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Where it ran.</summary>
    public required MachineEntry Machine { get; init; }

    /// <summary>What was asked for.</summary>
    public required SettingsEntry Settings { get; init; }

    /// <summary>The experiments, in the order in which they ran.</summary>
    public required IReadOnlyList<ExperimentEntry> Experiments { get; init; }

    /// <summary>The micro benchmarks.</summary>
    public required IReadOnlyList<MicroEntry> Micro { get; init; }
}
