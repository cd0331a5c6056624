using System.Globalization;
using LowLatency.Benchmarks.Report.Document;

namespace LowLatency.Benchmarks.Compare;

/// <summary>
/// Holds the results of two commands against each other: allocation first, of which any growth is a regression, then the ratios to the peers of the
/// same repetitions, each hop group by itself, and what only one of the two has. Times by themselves are never judged: another day's machine is another machine.
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
    public static IReadOnlyList<Finding> Of(LabDocument before, LabDocument now) => [.. Allocations(before, now), .. Ratios(before, now), .. Unmatched.Of(before, now)];

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

    private static IEnumerable<Finding> Ratios(LabDocument before, LabDocument now)
    {
        foreach ((ExperimentEntry old, ExperimentEntry current) in Pairs(before, now))
        {
            if (old.RatePerSecond != current.RatePerSecond)
            {
                yield return new Finding(current.Name, Verdict.Unknown, Invariant($"sent {current.RatePerSecond:#,0} events/s, before {old.RatePerSecond:#,0}; ratios at different rates are not compared"));
                continue;
            }

            var contenders =
                from present in current.Groups
                from past in old.Groups
                where past.Group == present.Group
                from contender in present.Contenders
                from earlier in past.Contenders
                where earlier.Name == contender.Name && (contender.Role is "ours" or "variant")
                select (present.Group, earlier, contender);
            foreach ((string group, ContenderEntry earlier, ContenderEntry contender) in contenders)
            {
                string subject = $"{current.Name} ({group}), {contender.Name}";
                string medians = Invariant($" (median {contender.Value.Median:0.##}, before {earlier.Value.Median:0.##})");
                int runs = Math.Min(earlier.Runs, contender.Runs);
                if (Ratio(subject, group, runs, earlier.Ratios, contender.Ratios, medians) is { } ratio) yield return ratio;
                if (Ratio($"{subject}, p99", group, runs, earlier.TailRatios, contender.TailRatios, "") is { } tail) yield return tail;
            }
        }
    }

    /// <summary>Judges ratios to that one of the peers of both results which was best; where there is no peer, to the machine's floor. Null where neither result has any.</summary>
    private static Finding? Ratio(string subject, string group, int runs, IReadOnlyList<RatioEntry> before, IReadOnlyList<RatioEntry> now, string medians)
    {
        if (before.Count == 0 && now.Count == 0) return null;
        (RatioEntry Before, RatioEntry Now)[] both = [.. from b in before from n in now where b.Peer == n.Peer select (b, n)];
        if (both.Length == 0) return new Finding(subject, Verdict.Unknown, "not judged: no ratio to a peer or floor that both results have");
        (RatioEntry old, RatioEntry current) = both.OrderBy(pair => pair.Now.Role == "peer" ? 0 : 1).ThenBy(pair => pair.Before.Value.Median).First();
        double change = (current.Value.Median / old.Value.Median) - 1;
        double threshold = Math.Max(LeastThreshold, old.Value.RelativeRange() + current.Value.RelativeRange());
        string text = Invariant($"{current.Value.Median:0.00} of {current.Peer}, before {old.Value.Median:0.00}: {change:+0.0%;-0.0%}, noise {threshold:0.0%}{medians}");
        string? why = group is not ("near" or "far" or "alone") ? $"{group} hops" : runs < LeastRuns ? $"fewer than {LeastRuns} repetitions" : double.IsFinite(change) ? null : "a ratio could not be measured";
        Verdict verdict = why is not null ? Verdict.Unknown : change < -threshold ? Verdict.Worse : change > threshold ? Verdict.Better : Verdict.Same;
        return new Finding(subject, verdict, why is null ? text : $"{text}; not judged: {why}");
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
