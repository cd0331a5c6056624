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
