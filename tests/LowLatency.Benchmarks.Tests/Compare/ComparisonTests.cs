using LowLatency.Benchmarks.Compare;
using LowLatency.Benchmarks.Lab;
using LowLatency.Benchmarks.Report.Document;
using LowLatency.Benchmarks.Tests.Report;
using static LowLatency.Benchmarks.Tests.Results;

namespace LowLatency.Benchmarks.Tests.Compare;

public sealed class ComparisonTests
{
    [Fact]
    public void Should_Find_Nothing_Between_The_Same_Results() => Assert.All(Between(Rounds(2), Rounds(2)), finding => Assert.Equal(Verdict.Same, finding.Verdict));

    [Fact]
    public void Should_Not_Judge_Absolute_Times()
    {
        // The whole machine became four times slower, and we with it.
        Assert.All(Between(Rounds(2), Rounds(2, speed: 0.25)), finding => Assert.Equal(Verdict.Same, finding.Verdict));
    }

    [Theory]
    [InlineData(1.8, Verdict.Worse)]
    [InlineData(1.96, Verdict.Same)]
    [InlineData(2.2, Verdict.Better)]
    public void Should_Judge_The_Ratio_To_The_Best_Peer(double ratio, Verdict expected) => Assert.Equal(expected, Ratio(Between(Rounds(2), Rounds(ratio))).Verdict);

    [Fact]
    public void Should_Take_The_Noise_Into_Account()
    {
        // The same drop, between ratios that jump about by as much in each run.
        Assert.Equal(Verdict.Same, Ratio(Between(Rounds(2, noise: 0.3), Rounds(1.8, noise: 0.3))).Verdict);
    }

    [Fact]
    public void Should_Not_Compare_Across_Groups() => Assert.DoesNotContain(Between(Rounds(2), Rounds(1, hopNs: 300)), IsRatio);

    [Theory]
    [InlineData(130)]
    [InlineData(double.NaN)]
    public void Should_Not_Judge_Mixed_And_Unknown_Hops(double hopNs)
    {
        Finding finding = Ratio(Between(Rounds(2, hopNs: hopNs), Rounds(1, hopNs: hopNs)));
        Assert.Equal(Verdict.Unknown, finding.Verdict);
        Assert.Contains("not judged", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Not_Judge_Too_Few_Repetitions() => Assert.Equal(Verdict.Unknown, Ratio(Between(Rounds(2, count: 2), Rounds(1, count: 2))).Verdict);

    [Fact]
    public void Should_Call_Any_Growth_Of_Allocation_Worse()
    {
        IReadOnlyList<Finding> findings = Between(Rounds(2), Rounds(2, bytes: 1_000_000));
        Assert.Equal(Verdict.Worse, findings[0].Verdict);
        Assert.Contains("1 B/event, before 0", findings[0].Text, StringComparison.Ordinal);
        Assert.Equal(Verdict.Better, Between(Rounds(2, bytes: 1_000_000), Rounds(2))[0].Verdict);
    }

    [Fact]
    public void Should_Call_Growth_Of_A_Micro_Benchmark_Worse()
    {
        LabDocument before = Documents.Of();
        Assert.Equal(Verdict.Worse, Assert.Single(Comparison.Of(before, before.WithMicroBytes(1))).Verdict);
        Assert.Equal(Verdict.Better, Assert.Single(Comparison.Of(before.WithMicroBytes(1), before)).Verdict);
    }

    [Fact]
    public void Should_Use_A_Peer_That_Both_Have()
    {
        // The best one is not installed any more: the next is compared.
        LabDocument before = Documents.Of(Throughput([.. Enumerable.Range(0, 3).SelectMany(i => new[] { Run(Own, i, 4), Run(Peer, i, 2), Run(Rival, i, 8) })]));
        LabDocument now = Documents.Of(Throughput([.. Enumerable.Range(0, 3).SelectMany(i => new[] { Run(Own, i, 4), Run(Peer, i, 2) })]));
        Finding finding = Ratio(Comparison.Of(before, now));
        Assert.Equal(Verdict.Same, finding.Verdict);
        Assert.Contains("2.00 of peer", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Say_What_Is_Worse_First()
    {
        LabDocument before = Documents.Of(Rounds(2));
        LabDocument now = Documents.Of(Rounds(1));
        string[] lines = [.. ComparisonReport.Lines(before, now, Comparison.Of(before, now))];
        Assert.Equal("Worse: 1", lines[1]);
        Assert.Contains("made-up (near), ours", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("REGRESSION", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Judge_The_99th_Percentile_Too()
    {
        IReadOnlyList<Finding> findings = Between(Latency(1000, 1000), Latency(2000, 1000));
        Assert.Equal(Verdict.Worse, findings.Single(finding => finding.Subject.EndsWith("p99", StringComparison.Ordinal)).Verdict);
        Assert.Equal(Verdict.Same, findings.Single(finding => finding.Subject.EndsWith("(near), ours", StringComparison.Ordinal)).Verdict);
    }

    [Fact]
    public void Should_Not_Compare_Ratios_At_Different_Rates()
    {
        IReadOnlyList<Finding> findings = Between(Latency(1000, 1000), Latency(2000, 1000, ratePerSecond: 2000));
        Assert.DoesNotContain(findings, IsRatio);
        Assert.Equal("sent 2,000 events/s, before 1,000; ratios at different rates are not compared", Assert.Single(findings, finding => finding.Verdict == Verdict.Unknown).Text);
    }

    [Fact]
    public void Should_Name_What_Has_No_Counterpart()
    {
        LabDocument before = Documents.Of(Rounds(2), Latency(1000, 1000));
        ExperimentResult moved = Throughput([.. Rounds(2, hopNs: 300).Runs, .. Enumerable.Range(0, 5).Select(i => Run(Rival, i, 1, 300, 300))]);
        LabDocument now = Documents.Of(moved) with { Micro = [] };
        string[] unknown = [.. Comparison.Of(before, now).Where(finding => finding.Verdict == Verdict.Unknown).Select(finding => $"{finding.Subject}: {finding.Text}")];
        Assert.Equal(
            [
                "core: made-up-tail: in the earlier results only",
                "made-up, far hops: not in the earlier results",
                "made-up, near hops: in the earlier results only",
                "made-up, rival: not in the earlier results",
                "core: Some.Thing(Batch=1): in the earlier results only",
            ],
            unknown);
    }

    [Fact]
    public void Should_Say_When_Nothing_Was_Judged()
    {
        LabDocument before = Documents.Of() with { Micro = [] };
        LabDocument now = Documents.Of(Rounds(2));
        IReadOnlyList<Finding> findings = Comparison.Of(before, now);
        Assert.False(ComparisonReport.IsJudged(findings));
        Assert.Equal("Nothing was judged.", ComparisonReport.Lines(before, now, findings).Last());
    }

    private static bool IsRatio(Finding finding) => finding.Text.Contains(" of peer", StringComparison.Ordinal);

    private static Finding Ratio(IReadOnlyList<Finding> findings) => findings.Single(IsRatio);

    private static IReadOnlyList<Finding> Between(ExperimentResult before, ExperimentResult now) => Comparison.Of(Documents.Of(before), Documents.Of(now));

    /// <summary>Repetitions in which we are <paramref name="ratio"/> times as fast as the peer, more or less by turns.</summary>
    private static ExperimentResult Rounds(double ratio, double speed = 1, double noise = 0, double hopNs = 50, int count = 5, long bytes = 0) =>
        Throughput([.. Enumerable.Range(0, count).SelectMany(i => new[]
        {
            Run(Own, i, speed * ratio * (1 + (noise * ((i % 3) - 1))), hopNs, hopNs, bytes),
            Run(Peer, i, speed, hopNs, hopNs),
        })]);
}
