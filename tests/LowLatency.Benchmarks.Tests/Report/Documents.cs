using LowLatency.Benchmarks.Lab;
using LowLatency.Benchmarks.Report;
using LowLatency.Benchmarks.Report.Document;

namespace LowLatency.Benchmarks.Tests.Report;

/// <summary>Made-up documents.</summary>
internal static class Documents
{
    public static LabDocument Of(params ExperimentResult[] results) => new()
    {
        SchemaVersion = LabDocument.Version,
        StartedAt = new DateTimeOffset(2026, 9, 10, 12, 0, 0, TimeSpan.Zero),
        Machine = MachineProbe.Probe(),
        Settings = new SettingsEntry(["core"], null, false, 9, 0.4, 64, 8192, "pinned"),
        Experiments = [.. results.Select(DocumentBuilder.Experiment)],
        Micro = [new MicroEntry("core", "Some.Thing", "Batch=1", 5, 5.1, 0.1, 0)],
    };

    public static LabDocument WithMicroBytes(this LabDocument document, long bytes) => document with { Micro = [document.Micro[0] with { AllocatedBytes = bytes }] };
}
