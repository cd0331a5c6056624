using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Tests.Lab;

public sealed class HopGroupsTests
{
    [Theory]
    [InlineData(new[] { 40.0, 119 }, HopGroup.Near)]
    [InlineData(new[] { 151.0, 600 }, HopGroup.Far)]
    [InlineData(new[] { 50.0, 200 }, HopGroup.Mixed)]
    [InlineData(new[] { 300.0, 1001 }, HopGroup.Mixed)]
    [InlineData(new[] { 151.0, 1000 }, HopGroup.Far)]
    [InlineData(new[] { 130.0, 130 }, HopGroup.Mixed)]
    [InlineData(new[] { 50.0, 50, 130 }, HopGroup.Mixed)]
    [InlineData(new[] { 50.0, double.NaN }, HopGroup.Unknown)]
    [InlineData(new[] { HopGroups.NoHop, HopGroups.NoHop }, HopGroup.Alone)]
    [InlineData(new double[0], HopGroup.Unknown)]
    public void Should_Sort_By_All_Hops(double[] hopsNs, HopGroup expected) => Assert.Equal(expected, HopGroups.Of(hopsNs));

    [Fact]
    public void Should_Call_A_Repetition_Mixed_When_The_Cores_Moved_During_It()
    {
        LabRun[] runs = [Results.Run("a", 0, 1, 50, 50), Results.Run("b", 0, 1, 50, 300), Results.Run("a", 1, 1, 300, 300), Results.Run("b", 1, 1, 300, 300)];
        IReadOnlyDictionary<int, HopGroup> groups = HopGroups.OfRepetitions(runs);
        Assert.Equal([HopGroup.Mixed, HopGroup.Far], [groups[0], groups[1]]);
    }
}
