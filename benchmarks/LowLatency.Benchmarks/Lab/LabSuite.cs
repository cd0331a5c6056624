using LowLatency.Benchmarks.Experiments;
using LowLatency.Benchmarks.Report;

namespace LowLatency.Benchmarks.Lab;

/// <summary>The experiments of a command.</summary>
public static class LabSuite
{
    /// <summary>The experiments that the command line chooses, in their order.</summary>
    /// <param name="arguments">The command line.</param>
    public static Experiment[] Choose(SuiteArguments arguments) =>
    [
        .. CoreExperiments.All.Where(experiment =>
            (arguments.Suites.Length == 0 || arguments.Suites.Contains(experiment.Suite))
            && (!experiment.OnlyByName || arguments.Filter == experiment.Name)
            && arguments.Chooses(experiment.Name)),
    ];

    /// <summary>Runs experiments and tells what came out.</summary>
    /// <param name="experiments">The experiments.</param>
    /// <param name="arguments">How long and how often.</param>
    /// <param name="tell">Takes the lines.</param>
    public static IReadOnlyList<ExperimentResult> Run(IReadOnlyList<Experiment> experiments, SuiteArguments arguments, Action<string> tell)
    {
        LabOptions usual = arguments.Quick ? LabOptions.Quick : LabOptions.Full;
        LabOptions options = usual with { Repetitions = arguments.Repetitions ?? usual.Repetitions };
        using var session = new LabSession(options) { Seconds = arguments.Seconds, Allocates = arguments.Allocate };
        var laboratory = new Laboratory(session, tell);
        var results = new List<ExperimentResult>();
        foreach (Experiment experiment in experiments)
        {
            ExperimentResult result = laboratory.Run(experiment);
            foreach (string line in TextReport.Lines(result)) tell(line);
            results.Add(result);
        }

        if (Placement.Current.Refusal is { } refusal) tell(refusal);
        return results;
    }
}
