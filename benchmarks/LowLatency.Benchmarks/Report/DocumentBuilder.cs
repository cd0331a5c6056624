using BenchmarkDotNet.Reports;
using LowLatency.Benchmarks.Lab;
using LowLatency.Benchmarks.Report.Document;
using LowLatency.Core.Histograms;
using Metric = LowLatency.Benchmarks.Lab.Metric;

namespace LowLatency.Benchmarks.Report;

/// <summary>Turns what was measured into what is written.</summary>
public static class DocumentBuilder
{
    // Dense towards 100, where the interesting part is.
    private static readonly double[] Percentiles =
        [0, 10, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.75, 99.9, 99.95, 99.975, 99.99, 99.995, 99.999, 99.9999, 100];

    /// <summary>An experiment.</summary>
    /// <param name="result">What was measured.</param>
    public static ExperimentEntry Experiment(ExperimentResult result)
    {
        Experiment experiment = result.Experiment;
        IReadOnlyDictionary<int, HopGroup> groups = HopGroups.OfRepetitions(result.Runs);
        return new ExperimentEntry(
            experiment.Suite,
            experiment.Name,
            experiment.About,
            experiment.Metric.Name,
            experiment.Metric.Unit,
            experiment.Metric.MoreIsBetter,
            result.RatePerSecond,
            [.. result.Missing.Select(missing => $"{missing.Name}: {missing.Reason}")],
            [
                .. from summary in Summaries.Of(result)
                   group summary by summary.Group into one
                   let hops = result.Runs.Where(run => groups[run.Repetition] == one.Key).SelectMany(run => new[] { run.HopBeforeNs, run.HopAfterNs })
                   select new GroupEntry(Word(one.Key), OrNull(Quartiles.Of(hops).Median), [.. one.Select(Contender)]),
            ],
            [.. result.Runs.Select(run => Run(run, experiment.Metric))]);
    }

    /// <summary>The micro benchmarks that ran.</summary>
    /// <param name="summaries">What BenchmarkDotNet reported.</param>
    public static IReadOnlyList<MicroEntry> Micro(IEnumerable<Summary> summaries) =>
    [
        .. from summary in summaries
           from report in summary.Reports
           let statistics = report.ResultStatistics
           where report.Success && statistics is not null
           let method = report.BenchmarkCase.Descriptor
           select new MicroEntry(
               method.Type.GetCustomAttributes(typeof(SuiteAttribute), inherit: false).Cast<SuiteAttribute>().First().Name,
               $"{method.Type.Name}.{method.WorkloadMethod.Name}",
               string.Join(", ", report.BenchmarkCase.Parameters.Items.Select(item => $"{item.Name}={item.Value}")),
               statistics.Median,
               statistics.Mean,
               statistics.StandardError,
               report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0),
    ];

    private static ContenderEntry Contender(ContenderSummary summary) => new(
        summary.Contender,
        Word(summary.Role),
        summary.Runs,
        Entry(summary.Value),
        Math.Round(summary.BytesPerEvent, 4),
        summary.Collections,
        Ratios(summary.Ratios),
        Points(summary.Latency))
    {
        TailRatios = Ratios(summary.TailRatios),
        Figures = [.. summary.Figures.Select(figure => new FigureEntry(figure.Name, Math.Round(figure.Value, 4), figure.Unit))],
    };

    private static RatioEntry[] Ratios(IReadOnlyList<PeerRatio> ratios) => [.. ratios.Select(ratio => new RatioEntry(ratio.Peer, Word(ratio.Role), Entry(ratio.Value)))];

    private static RunEntry Run(LabRun run, Metric metric) => new(
        run.Contender,
        run.Repetition,
        OrNull(run.HopBeforeNs),
        OrNull(run.HopAfterNs),
        OrNull(metric.Of(run.Outcome)),
        run.Outcome.Events,
        run.Outcome.ElapsedNs,
        Math.Round(run.Outcome.CpuPercent, 2),
        run.Outcome.AllocatedBytes,
        run.Outcome.Collections);

    private static PercentileEntry[] Points(LatencyHistogram? latency) =>
        latency is null ? [] : [.. Percentiles.Select(percentile => new PercentileEntry(percentile, latency.Percentile(percentile)))];

    private static QuartileEntry Entry(Quartiles quartiles) => new(Finite(quartiles.Lower), Finite(quartiles.Median), Finite(quartiles.Upper));

    // JSON knows no NaN.
    private static double? OrNull(double value) => double.IsFinite(value) ? Math.Round(value, 4) : null;

    private static double Finite(double value) => double.IsFinite(value) ? Math.Round(value, 4) : 0;

    private static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();
}
