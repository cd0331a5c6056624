using System.Globalization;
using LowLatency.Benchmarks.Report.Document;

namespace LowLatency.Benchmarks.Compare;

/// <summary>
/// Holds the results of two commands against each other: allocation first, of which any growth is a regression, then the ratios to the peers of the
/// same repetitions, each hop group by itself. Times by themselves are never judged: another day's machine is another machine.
/// </summary>
public static class Comparison
{
    /// <summary>A ratio may be this much worse, whatever the noise.</summary>
    public const double LeastThreshold = 0.05;

    /// <summary>With fewer runs on either side a ratio is not judged.</summary>
    public const int LeastRuns = 3;

    // Bytes are rounded to this when written; a buffer charged by chance, spread over all events of a run, is below it.
    private const double BytesTolerance = 0.01;

    /// <summary>Compares.</summary>
    /// <param name="before">The earlier results.</param>
    /// <param name="now">The later results.</param>
    public static IReadOnlyList<Finding> Of(LabDocument before, LabDocument now) => [.. Allocations(before, now), .. Ratios(before, now)];

    private static IEnumerable<Finding> Allocations(LabDocument before, LabDocument now)
    {
        foreach ((ExperimentEntry old, ExperimentEntry current) in Pairs(before, now))
        {
            foreach ((string name, double bytes) in OwnBytes(current))
            {
                if (!OwnBytes(old).TryGetValue(name, out double bytesBefore)) continue;
                yield return Allocation($"{current.Name}, {name}", bytesBefore, bytes, BytesTolerance, "B/event");
            }
        }

        foreach (MicroEntry current in now.Micro)
        {
            MicroEntry? old = before.Micro.FirstOrDefault(m => m.Suite == current.Suite && m.Benchmark == current.Benchmark && m.Parameters == current.Parameters);
            if (old is not null) yield return Allocation($"{current.Benchmark}({current.Parameters})", old.AllocatedBytes, current.AllocatedBytes, 0, "B/operation");
        }
    }

    private static Finding Allocation(string subject, double before, double now, double tolerance, string unit)
    {
        Verdict verdict = now > before + tolerance ? Verdict.Worse : now < before - tolerance ? Verdict.Better : Verdict.Same;
        return new Finding(subject, verdict, Invariant($"allocates {now:0.##} {unit}, before {before:0.##}"));
    }

    private static IEnumerable<Finding> Ratios(LabDocument before, LabDocument now) =>
        from pair in Pairs(before, now)
        from current in pair.Now.Groups
        from old in pair.Before.Groups
        where old.Group == current.Group
        from contender in current.Contenders
        from earlier in old.Contenders
        where earlier.Name == contender.Name && contender.Ratios.Count != 0
        from finding in Contender($"{pair.Now.Name} ({current.Group}), {contender.Name}", current.Group, earlier, contender)
        select finding;

    /// <summary>Judges a contender against that one of the peers of both results which was best; where there is no peer, against the machine's floor.</summary>
    private static IEnumerable<Finding> Contender(string subject, string group, ContenderEntry before, ContenderEntry now)
    {
        (RatioEntry Before, RatioEntry Now)[] both = [.. from b in before.Ratios from n in now.Ratios where b.Peer == n.Peer select (b, n)];
        var chosen = both.OrderBy(pair => pair.Now.Role == "peer" ? 0 : 1).ThenBy(pair => pair.Before.Value.Median).Take(1);
        foreach ((RatioEntry old, RatioEntry current) in chosen)
        {
            double change = (current.Value.Median / old.Value.Median) - 1;
            double threshold = Math.Max(LeastThreshold, old.Value.RelativeRange() + current.Value.RelativeRange());
            string text = Invariant($"{current.Value.Median:0.00} of {current.Peer}, before {old.Value.Median:0.00}: {change:+0.0%;-0.0%}, noise {threshold:0.0%} (median {now.Value.Median:0.##}, before {before.Value.Median:0.##})");
            bool judged = group is "near" or "far" && Math.Min(before.Runs, now.Runs) >= LeastRuns && double.IsFinite(change);
            Verdict verdict = !judged ? Verdict.Unknown : change < -threshold ? Verdict.Worse : change > threshold ? Verdict.Better : Verdict.Same;
            string why = judged ? "" : group is "near" or "far" ? $"; not judged: fewer than {LeastRuns} repetitions" : $"; not judged: {group} hops";
            yield return new Finding(subject, verdict, text + why);
        }
    }

    private static IEnumerable<(ExperimentEntry Before, ExperimentEntry Now)> Pairs(LabDocument before, LabDocument now) =>
        from current in now.Experiments
        from old in before.Experiments
        where old.Suite == current.Suite && old.Name == current.Name
        select (old, current);

    /// <summary>Bytes an event of our contenders, over all groups: where the cores were does not matter to them.</summary>
    private static Dictionary<string, double> OwnBytes(ExperimentEntry experiment) =>
        experiment.Groups.SelectMany(group => group.Contenders).Where(c => c.Role is "ours" or "variant").GroupBy(c => c.Name).ToDictionary(c => c.Key, c => c.Max(one => one.BytesPerEvent));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
