using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Tests.Lab;

public sealed class OpenLoopTests
{
    [Fact]
    public void Should_Mean_Even_Distances_Whatever_Happened_Before()
    {
        var schedule = new OpenLoop(1000, 3_000_000);
        Assert.Equal([1000, 1333, 1666, 2000], Enumerable.Range(0, 4).Select(i => schedule.DueNs(i)));
        Assert.Equal(1000 + 1_000_000_000, schedule.DueNs(3_000_000));
    }

    [Fact]
    public void Should_Give_The_Time_That_Was_Meant_When_It_Is_Past()
    {
        var schedule = new OpenLoop(LabClock.NowNs() - 1_000_000_000, 1000);
        Assert.Equal(schedule.DueNs(3), schedule.Await<SpinWaiting>(3));
    }
}
