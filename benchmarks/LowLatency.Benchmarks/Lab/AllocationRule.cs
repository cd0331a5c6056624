namespace LowLatency.Benchmarks.Lab;

/// <summary>The rule of experiments that must not allocate: not a byte on their threads, and no collection meanwhile.</summary>
public static class AllocationRule
{
    /// <summary>What breaks the rule; null when nothing does.</summary>
    /// <param name="result">What was measured.</param>
    public static string? Broken(ExperimentResult result)
    {
        if (!result.Experiment.MustNotAllocate) return null;
        long bytes = result.Runs.Sum(run => run.Outcome.AllocatedBytes);
        int collections = result.Runs.Sum(run => run.Outcome.Collections.Sum());
        if (bytes == 0 && collections == 0) return null;
        return $"{result.Experiment.Name}: {bytes} bytes were allocated in {result.Runs.Sum(run => run.Outcome.Events)} events, with {collections} garbage collections; neither may be.";
    }
}
