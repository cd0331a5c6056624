using LowLatency.Benchmarks.Report.Document;

namespace LowLatency.Benchmarks.Compare;

/// <summary>What only one of two results has: it cannot be judged, and is told, so that silence never passes for approval.</summary>
internal static class Unmatched
{
    /// <summary>Experiments, their hop groups and contenders, and micro benchmarks without a counterpart.</summary>
    /// <param name="before">The earlier results.</param>
    /// <param name="now">The later results.</param>
    public static IEnumerable<Finding> Of(LabDocument before, LabDocument now)
    {
        foreach (Finding finding in OneSided("", before.Experiments.Select(Name), now.Experiments.Select(Name))) yield return finding;
        foreach (ExperimentEntry current in now.Experiments)
        {
            if (before.Experiments.FirstOrDefault(e => Name(e) == Name(current)) is not { } old) continue;
            foreach (Finding finding in OneSided($"{current.Name}, ", old.Groups.Select(Hops), current.Groups.Select(Hops))) yield return finding;
            string[] oldNames = Contenders(old);
            string[] names = Contenders(current);
            foreach (Finding finding in OneSided($"{current.Name}, ", oldNames, names)) yield return finding;
            foreach (GroupEntry group in current.Groups)
            {
                if (old.Groups.FirstOrDefault(g => g.Group == group.Group) is not { } oldGroup) continue;
                // Who is in both results but not in this group of both.
                string[] common = [.. names.Intersect(oldNames)];
                foreach (Finding finding in OneSided($"{current.Name} ({group.Group}), ", common.Intersect(oldGroup.Contenders.Select(c => c.Name)), common.Intersect(group.Contenders.Select(c => c.Name)))) yield return finding;
            }
        }

        foreach (Finding finding in OneSided("", before.Micro.Select(Name), now.Micro.Select(Name))) yield return finding;
    }

    private static IEnumerable<Finding> OneSided(string prefix, IEnumerable<string> before, IEnumerable<string> now)
    {
        string[] old = [.. before];
        string[] current = [.. now];
        foreach (string name in current.Except(old)) yield return new Finding(prefix + name, Verdict.Unknown, "not in the earlier results");
        foreach (string name in old.Except(current)) yield return new Finding(prefix + name, Verdict.Unknown, "in the earlier results only");
    }

    private static string Name(ExperimentEntry experiment) => $"{experiment.Suite}: {experiment.Name}";

    private static string Name(MicroEntry micro) => $"{micro.Suite}: {micro.Benchmark}({micro.Parameters})";

    private static string Hops(GroupEntry group) => $"{group.Group} hops";

    private static string[] Contenders(ExperimentEntry experiment) => [.. experiment.Groups.SelectMany(group => group.Contenders).Select(contender => contender.Name).Distinct()];
}
