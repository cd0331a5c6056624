namespace LowLatency.Benchmarks.Report.Document;

/// <summary>How the experiments were run.</summary>
/// <param name="Suites">The suites; empty for all.</param>
/// <param name="Filter">The filter; null for none.</param>
/// <param name="Quick">Whether short.</param>
/// <param name="Repetitions">Repetitions asked for.</param>
/// <param name="Seconds">Seconds of a run.</param>
/// <param name="EventBytes">Bytes of an event.</param>
/// <param name="Capacity">Slots of every ring and bounded queue.</param>
/// <param name="Pinned">Whether threads are pinned; else why not.</param>
public sealed record SettingsEntry(IReadOnlyList<string> Suites, string? Filter, bool Quick, int Repetitions, double Seconds, int EventBytes, int Capacity, string Pinned);
