namespace LowLatency.Benchmarks.Lab;

/// <summary>How long and how often experiments run.</summary>
/// <param name="Repetitions">Runs of each contender.</param>
/// <param name="Seconds">Seconds of a run.</param>
/// <param name="WarmUpSeconds">Seconds before the first run of a contender, at the least.</param>
public sealed record LabOptions(int Repetitions, double Seconds, double WarmUpSeconds)
{
    /// <summary>Enough to compare.</summary>
    public static LabOptions Full { get; } = new(9, 0.4, 0.6);

    /// <summary>Enough to see that everything runs.</summary>
    public static LabOptions Quick { get; } = new(3, 0.1, 0.2);
}
