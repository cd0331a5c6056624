using LowLatency.Benchmarks.Report;
using LowLatency.Benchmarks.Report.Document;

namespace LowLatency.Benchmarks.Compare;

/// <summary>A comparison as text.</summary>
public static class ComparisonReport
{
    /// <summary>The lines: what is worse first, then better, the same, and what could not be judged.</summary>
    /// <param name="before">The earlier results.</param>
    /// <param name="now">The later results.</param>
    /// <param name="findings">The comparison.</param>
    public static IEnumerable<string> Lines(LabDocument before, LabDocument now, IReadOnlyList<Finding> findings)
    {
        yield return $"Held against commit {before.Machine.Commit}, measured {before.StartedAt:yyyy-MM-dd HH:mm} UTC on {before.Machine.CpuModel}, {before.Machine.Cores} cores.";
        if (before.Machine.CpuModel != now.Machine.CpuModel || before.Machine.Cores != now.Machine.Cores)
            yield return $"This machine is another one ({now.Machine.CpuModel}, {now.Machine.Cores} cores): only allocation can be trusted.";
        if (before.Settings.Quick || now.Settings.Quick) yield return "At least one of the two was measured with --quick, which is not meant for comparing.";
        if (findings.Count == 0) yield return "The two have nothing in common.";
        foreach (IGrouping<Verdict, Finding> group in findings.GroupBy(finding => finding.Verdict).OrderBy(group => Rank(group.Key)))
        {
            yield return $"{Title(group.Key)}: {group.Count()}";
            var table = new TextTable("  what", "how");
            foreach (Finding finding in group) table.Add($"  {finding.Subject}", finding.Text);
            foreach (string line in table.LeftLines().Skip(2)) yield return line;
        }

        yield return IsWorse(findings) ? "REGRESSION: see 'Worse' above." : IsJudged(findings) ? "No regression." : "Nothing was judged.";
    }

    /// <summary>Whether something is worse.</summary>
    /// <param name="findings">The comparison.</param>
    public static bool IsWorse(IReadOnlyList<Finding> findings) => findings.Any(finding => finding.Verdict == Verdict.Worse);

    /// <summary>Whether anything at all could be judged.</summary>
    /// <param name="findings">The comparison.</param>
    public static bool IsJudged(IReadOnlyList<Finding> findings) => findings.Any(finding => finding.Verdict != Verdict.Unknown);

    private static int Rank(Verdict verdict) => verdict switch
    {
        Verdict.Worse => 0,
        Verdict.Better => 1,
        Verdict.Same => 2,
        _ => 3,
    };

    private static string Title(Verdict verdict) => verdict switch
    {
        Verdict.Worse => "Worse",
        Verdict.Better => "Better",
        Verdict.Same => "The same within the noise",
        _ => "Not judged",
    };
}
