namespace LowLatency.Benchmarks.Lab;

/// <summary>Something to measure, and those who do it.</summary>
/// <param name="Suite">The suite that it belongs to.</param>
/// <param name="Name">What --filter finds it by.</param>
/// <param name="About">What is done, in a line.</param>
/// <param name="Metric">By what contenders are compared.</param>
/// <param name="Contenders">Makes the contenders, ours first.</param>
public sealed record Experiment(string Suite, string Name, string About, Metric Metric, Func<LabSession, IEnumerable<Contender>> Contenders)
{
    /// <summary>Events a second to send; null for as fast as they go.</summary>
    public Func<LabSession, double>? RatePerSecond { get; init; }

    /// <summary>The least seconds of a run, whatever is asked for.</summary>
    public double LeastSeconds { get; init; }

    /// <summary>Seconds of a run where none are asked for; null for what is usual.</summary>
    public double? UsualSeconds { get; init; }

    /// <summary>Whether nothing is sent.</summary>
    public bool IsIdle { get; init; }

    /// <summary>Whether one thread does it all, so that the way between two cores does not matter and is not measured.</summary>
    public bool IsOneThread { get; init; }

    /// <summary>The most repetitions, whatever is asked for.</summary>
    public int MostRepetitions { get; init; } = int.MaxValue;

    /// <summary>Whether a run allocates or collects nothing, or the command fails.</summary>
    public bool MustNotAllocate { get; init; }

    /// <summary>Whether the report tells each run: where rates jump between two states a median alone tells little.</summary>
    public bool TellsRuns { get; init; }

    /// <summary>Whether it runs only when a filter names it.</summary>
    public bool OnlyByName { get; init; }
}
