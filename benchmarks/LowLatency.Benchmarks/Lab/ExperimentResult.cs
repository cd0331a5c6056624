namespace LowLatency.Benchmarks.Lab;

/// <summary>Everything that an experiment measured.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="RatePerSecond">Events a second that were sent; 0 for as fast as they go.</param>
/// <param name="Contenders">Who ran, ours first.</param>
/// <param name="Missing">Who could not.</param>
/// <param name="Runs">The runs, in the order of time.</param>
public sealed record ExperimentResult(
    Experiment Experiment,
    double RatePerSecond,
    IReadOnlyList<(string Name, Role Role)> Contenders,
    IReadOnlyList<MissingPeer> Missing,
    IReadOnlyList<LabRun> Runs);
