using LowLatency.Benchmarks.Lab;
using static LowLatency.Benchmarks.Tests.Results;

namespace LowLatency.Benchmarks.Tests.Lab;

public sealed class SummariesTests
{
    [Fact]
    public void Should_Give_The_Median_Of_What_Was_Measured_Besides()
    {
        LabRun[] runs = [.. new[] { 3.0, 1, 2 }.Select((value, i) => Results.Run(Results.Own, i, 1) with { Outcome = Results.Run(Results.Own, i, 1).Outcome with { Figures = [new Figure("bars", value, "ns")] } })];
        ContenderSummary summary = Summaries.Of(Results.Throughput(runs)).First(s => s.Contender == Results.Own);
        Assert.Equal([new Figure("bars", 2, "ns")], summary.Figures);
    }

    [Fact]
    public void Should_Take_Ratios_Within_A_Repetition()
    {
        // The machine is ten times faster in the second repetition: the ratio stays.
        ContenderSummary ours = Of(Throughput(Run(Own, 0, 2), Run(Peer, 0, 1), Run(Own, 1, 20), Run(Peer, 1, 10)), HopGroup.Near);
        Assert.Equal(2, ours.ToBestPeer!.Value.Median, 6);
        Assert.Equal(0, ours.ToBestPeer.Value.Range, 6);
    }

    [Fact]
    public void Should_Name_The_Best_Peer()
    {
        ContenderSummary ours = Of(Throughput(Run(Own, 0, 4), Run(Peer, 0, 2), Run(Rival, 0, 8)), HopGroup.Near);
        Assert.Equal((Rival, 0.5), (ours.ToBestPeer!.Peer, Math.Round(ours.ToBestPeer.Value.Median, 6)));
    }

    [Fact]
    public void Should_Never_Mix_Groups()
    {
        IReadOnlyList<ContenderSummary> all = Summaries.Of(Throughput(Run(Own, 0, 100), Run(Peer, 0, 50), Run(Own, 1, 9, 300, 300), Run(Peer, 1, 3, 300, 300)));
        Assert.Equal([HopGroup.Near, HopGroup.Near, HopGroup.Far, HopGroup.Far], all.Select(s => s.Group));
        Assert.Equal([2, 3], all.Where(s => s.Contender == Own).Select(s => Math.Round(s.ToBestPeer!.Value.Median, 6)));
    }

    [Fact]
    public void Should_Call_Less_Latency_Better() => Assert.Equal(2, Metric.MedianLatency.Ratio(100, 200));

    [Fact]
    public void Should_Not_Take_A_Floor_For_A_Peer()
    {
        ContenderSummary ours = Of(Latency(), HopGroup.Near);
        Assert.Null(ours.ToBestPeer);
        Assert.Equal(1, ours.ToFloor!.Value.Median);
    }

    [Fact]
    public void Should_Keep_The_Ratios_Of_The_99th_Percentile_Where_Latency_Is_Measured()
    {
        Assert.Equal(0.5, Assert.Single(Of(Latency(ownTailNs: 2000, floorTailNs: 1000), HopGroup.Near).TailRatios).Value.Median, 2);
        Assert.Empty(Of(Throughput(Run(Own, 0, 2), Run(Peer, 0, 1)), HopGroup.Near).TailRatios);
    }

    private static ContenderSummary Of(ExperimentResult result, HopGroup group) => Summaries.Of(result).Single(s => s.Contender == Own && s.Group == group);
}
