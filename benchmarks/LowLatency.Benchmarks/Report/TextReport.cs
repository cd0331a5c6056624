using System.Globalization;
using LowLatency.Benchmarks.Lab;
using LowLatency.Core.Histograms;

namespace LowLatency.Benchmarks.Report;

/// <summary>Experiments as tables of text, one a hop group.</summary>
public static class TextReport
{
    private static readonly string[] Percentiles = ["p50", "p90", "p99", "p99.9", "p99.99", "max"];

    /// <summary>The lines of an experiment.</summary>
    /// <param name="result">What was measured.</param>
    public static IEnumerable<string> Lines(ExperimentResult result)
    {
        Metric metric = result.Experiment.Metric;
        IReadOnlyDictionary<int, HopGroup> groups = HopGroups.OfRepetitions(result.Runs);
        string rate = result.RatePerSecond > 0 ? Invariant($", {result.RatePerSecond:#,0} events/s") : "";
        foreach (IGrouping<HopGroup, ContenderSummary> group in Summaries.Of(result).GroupBy(summary => summary.Group))
        {
            double hop = Quartiles.Of(result.Runs.Where(run => groups[run.Repetition] == group.Key).SelectMany(run => new[] { run.HopBeforeNs, run.HopAfterNs })).Median;
            string where = group.Key == HopGroup.Alone ? "one thread" : group.Key == HopGroup.Unknown ? "hop not measured" : Invariant($"{group.Key} cores, hop {hop:0} ns");
            yield return $"  {result.Experiment.Name} ({where}{rate}), {metric.Name} in {metric.Unit}";
            bool latency = group.Any(summary => summary.Latency is not null);
            string[] headings = ["contender", "runs", "median", "quartiles", "of best peer", "of floor", "B/event", "GCs", .. latency ? Percentiles : []];
            var table = new TextTable(headings);
            foreach (ContenderSummary summary in group)
            {
                table.Add(
                [
                    summary.Contender,
                    Invariant($"{summary.Runs}"),
                    Number(summary.Value.Median),
                    $"{Number(summary.Value.Lower)} – {Number(summary.Value.Upper)}",
                    summary.ToBestPeer is { } best ? Invariant($"{best.Value.Median:0.00} ({best.Value.Lower:0.00} – {best.Value.Upper:0.00})") : "",
                    summary.ToFloor is { } floor ? Invariant($"{floor.Value.Median:0.00}") : "",
                    Invariant($"{summary.BytesPerEvent:0.##}"),
                    Invariant($"{summary.Collections}"),
                    .. latency ? PercentileCells(summary.Latency) : [],
                ]);
            }

            foreach (string line in table.Lines()) yield return $"    {line}";
            foreach (ContenderSummary summary in group.Where(_ => result.Experiment.TellsRuns))
            {
                IEnumerable<LabRun> own = result.Runs.Where(run => run.Contender == summary.Contender && groups[run.Repetition] == group.Key);
                yield return $"    {summary.Contender}: {string.Join(" ", own.Select(run => Number(metric.Of(run.Outcome))))}";
            }

            foreach (ContenderSummary summary in group.Where(summary => summary.Figures.Count != 0))
                yield return $"    {summary.Contender}: {string.Join(", ", summary.Figures.Select(figure => Invariant($"{figure.Name} {figure.Value:0.0} {figure.Unit}")))}";
        }

        foreach (MissingPeer missing in result.Missing) yield return $"    {missing.Name}: missing; {missing.Reason}";
    }

    private static IEnumerable<string> PercentileCells(LatencyHistogram? latency) =>
        latency is null
            ? Percentiles.Select(_ => "")
            : new[] { 50, 90, 99, 99.9, 99.99, 100 }.Select(percentile => Invariant($"{latency.Percentile(percentile):#,0}"));

    /// <summary>Three significant digits or all before the point.</summary>
    private static string Number(double value) => value switch
    {
        double.NaN => "",
        >= 100 => Invariant($"{value:#,0}"),
        >= 10 => Invariant($"{value:0.0}"),
        _ => Invariant($"{value:0.00}"),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
