using LowLatency.Benchmarks.Experiments;
using LowLatency.Benchmarks.Report;
using LowLatency.Benchmarks.Report.Document;

namespace LowLatency.Benchmarks.Lab;

/// <summary>The experiments of a command.</summary>
public static class LabSuite
{
    private const int EventBytes = 64;

    /// <summary>The experiments of all suites, in the order in which they run.</summary>
    internal static Experiment[] All { get; } = [.. CoreExperiments.All, .. AnalyticsExperiments.All, .. AeronExperiments.All, .. StorageExperiments.All];

    /// <summary>Whether a filter is the whole name of an experiment, in upper or lower case, which it chooses alone then.</summary>
    /// <param name="filter">The filter; null for none.</param>
    public static bool IsName(string? filter) => All.Any(experiment => Is(experiment, filter));

    /// <summary>The experiments that the command line chooses, in their order.</summary>
    /// <param name="arguments">The command line.</param>
    public static Experiment[] Choose(SuiteArguments arguments) => [.. All.Where(experiment => IsChosen(experiment, arguments))];

    /// <summary>Runs experiments and tells what came out.</summary>
    /// <param name="experiments">The experiments.</param>
    /// <param name="arguments">How long and how often.</param>
    /// <param name="tell">Takes the lines.</param>
    public static LabSuiteResult Run(IReadOnlyList<Experiment> experiments, SuiteArguments arguments, Action<string> tell)
    {
        using var session = new LabSession(Options(arguments)) { Seconds = arguments.Seconds, Allocates = arguments.Allocate };
        var laboratory = new Laboratory(session, tell);
        var results = new List<ExperimentResult>();
        foreach (Experiment experiment in experiments)
        {
            ExperimentResult result = laboratory.Run(experiment);
            foreach (string line in TextReport.Lines(result)) tell(line);
            results.Add(result);
        }

        if (Placement.Current.Refusal is { } refusal) tell(refusal);
        return new LabSuiteResult(results, session.JavaRuntime);
    }

    /// <summary>How the experiments of a command line are run, for the results.</summary>
    /// <param name="arguments">The command line.</param>
    public static SettingsEntry Settings(SuiteArguments arguments)
    {
        LabOptions options = Options(arguments);
        string pinned = Placement.Current.Refusal ?? "pinned: thread i on the i-th processor, round and round";
        return new SettingsEntry(arguments.Suites, arguments.Filter, arguments.Quick, options.Repetitions, arguments.Seconds ?? options.Seconds, EventBytes, Contender.Capacity, pinned);
    }

    private static bool Is(Experiment experiment, string? name) => experiment.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static bool IsChosen(Experiment experiment, SuiteArguments arguments)
    {
        if (arguments.Suites.Length != 0 && !arguments.Suites.Contains(experiment.Suite)) return false;
        if (IsName(arguments.Filter)) return Is(experiment, arguments.Filter);
        return arguments.Chooses(experiment.Name) && (arguments.List || !experiment.OnlyByName);
    }

    private static LabOptions Options(SuiteArguments arguments)
    {
        LabOptions usual = arguments.Quick ? LabOptions.Quick : LabOptions.Full;
        return usual with { Repetitions = arguments.Repetitions ?? usual.Repetitions };
    }
}
