using LowLatency.Core.Histograms;

namespace LowLatency.Benchmarks.Lab;

/// <summary>Sums up an experiment, each hop group by itself.</summary>
public static class Summaries
{
    /// <summary>The summaries, by group and then in the order of the contenders.</summary>
    /// <param name="result">What was measured.</param>
    public static IReadOnlyList<ContenderSummary> Of(ExperimentResult result)
    {
        IReadOnlyDictionary<int, HopGroup> groups = HopGroups.OfRepetitions(result.Runs);
        return
        [
            .. from @group in Enum.GetValues<HopGroup>()
               let runs = result.Runs.Where(run => groups[run.Repetition] == @group).ToList()
               where runs.Count != 0
               from contender in result.Contenders
               let own = runs.Where(run => run.Contender == contender.Name).ToList()
               where own.Count != 0
               select Summarize(result, contender, @group, own, runs),
        ];
    }

    private static ContenderSummary Summarize(ExperimentResult result, (string Name, Role Role) contender, HopGroup group, List<LabRun> own, List<LabRun> all)
    {
        Metric metric = result.Experiment.Metric;
        long events = Math.Max(1, own.Sum(run => run.Outcome.Events));
        bool compared = contender.Role is Role.Ours or Role.Variant;
        return new ContenderSummary(
            contender.Name,
            contender.Role,
            group,
            own.Count,
            Quartiles.Of(own.Select(run => metric.Of(run.Outcome))),
            (double)own.Sum(run => run.Outcome.AllocatedBytes) / events,
            own.Sum(run => run.Outcome.Collections.Sum()),
            compared ? Ratios(result, own, all, metric) : [],
            Merge(own))
        {
            Figures = [.. own.SelectMany(run => run.Outcome.Figures).GroupBy(figure => (figure.Name, figure.Unit)).Select(one => new Figure(one.Key.Name, Quartiles.Of(one.Select(f => f.Value)).Median, one.Key.Unit))],
            TailRatios = compared && metric == Metric.MedianLatency ? Ratios(result, own, all, Metric.TailLatency) : [],
        };
    }

    private static PeerRatio[] Ratios(ExperimentResult result, List<LabRun> own, List<LabRun> all, Metric metric) =>
        [.. result.Contenders.Where(c => c.Role is Role.Peer or Role.Floor).Select(peer => Against(peer, own, all, metric)).OfType<PeerRatio>()];

    private static PeerRatio? Against((string Name, Role Role) peer, List<LabRun> own, List<LabRun> all, Metric metric)
    {
        double[] ratios =
        [
            .. from mine in own
               from theirs in all
               where theirs.Contender == peer.Name && theirs.Repetition == mine.Repetition
               select metric.Ratio(metric.Of(mine.Outcome), metric.Of(theirs.Outcome)),
        ];
        return ratios.Length == 0 ? null : new PeerRatio(peer.Name, peer.Role, Quartiles.Of(ratios));
    }

    private static LatencyHistogram? Merge(List<LabRun> runs)
    {
        LatencyHistogram? merged = null;
        foreach (LatencyHistogram latency in runs.Select(run => run.Outcome.Latency).OfType<LatencyHistogram>())
        {
            merged ??= new LatencyHistogram(1, 10_000_000_000, 3);
            merged.Add(latency);
        }

        return merged;
    }
}
