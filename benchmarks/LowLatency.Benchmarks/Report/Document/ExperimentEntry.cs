namespace LowLatency.Benchmarks.Report.Document;

/// <summary>One experiment.</summary>
/// <param name="Suite">Its suite.</param>
/// <param name="Name">Its name.</param>
/// <param name="About">What is done.</param>
/// <param name="Metric">By what contenders are compared.</param>
/// <param name="Unit">The metric's unit.</param>
/// <param name="MoreIsBetter">Whether larger values are better.</param>
/// <param name="RatePerSecond">Events a second that were sent; 0 for as fast as they go.</param>
/// <param name="Missing">Peers that could not run, each with the reason.</param>
/// <param name="Groups">The results, a hop group each.</param>
/// <param name="Runs">Every run.</param>
public sealed record ExperimentEntry(
    string Suite,
    string Name,
    string About,
    string Metric,
    string Unit,
    bool MoreIsBetter,
    double RatePerSecond,
    IReadOnlyList<string> Missing,
    IReadOnlyList<GroupEntry> Groups,
    IReadOnlyList<RunEntry> Runs);
