using LowLatency.Benchmarks.Lab;
using LowLatency.Benchmarks.Storage;
using LowLatency.Storage.Journal;

namespace LowLatency.Benchmarks.Experiments;

/// <summary>The experiments of suite storage, in the order in which they run.</summary>
internal static class StorageExperiments
{
    private const string Suite = "storage";

    /// <summary>All of them.</summary>
    public static Experiment[] All { get; } =
    [
        .. new[] { 1, 16, 256, 4096 }.Select(Append),
        new(Suite, "journal-replay", "records of 64 bytes read from a journal into a stage that looks at each", Metric.Throughput, _ =>
            [new JournalReplay("LowLatency", Role.Ours, verifies: false), new JournalReplay("with checksums", Role.Variant, verifies: true)]) { IsOneThread = true },
        new(Suite, "journal-sync", "appends of 256 records of 64 bytes, by what they outlive", Metric.Cost, _ =>
        [
            new JournalAppend("the process", Role.Ours, 256, JournalDurability.None),
            new JournalAppend("the machine, every 50 ms", Role.Variant, 256, JournalDurability.Interval),
            new JournalAppend("the machine, every append", Role.Variant, 256, JournalDurability.Batch),
        ]) { IsOneThread = true },
    ];

    private static Experiment Append(int batch)
    {
        Contender[] Make(LabSession session) => [new JournalAppend("LowLatency", Role.Ours, batch, JournalDurability.None), new RawWrite(batch)];
        return new(Suite, $"journal-append-{batch}", $"records of 64 bytes appended to a journal, {batch} an append, without sync", Metric.Throughput, Make) { IsOneThread = true };
    }
}
