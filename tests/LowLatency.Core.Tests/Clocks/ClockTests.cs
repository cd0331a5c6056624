using LowLatency.Core.Clocks;

namespace LowLatency.Core.Tests.Clocks;

public sealed class ClockTests
{
    [Fact]
    public void Should_Tell_The_Time_Of_Day()
    {
        long before = new DateTimeOffset(DateTime.UtcNow).ToUnixTimeMilliseconds();
        long now = SystemClock.Instance.EpochNs();
        long after = new DateTimeOffset(DateTime.UtcNow).ToUnixTimeMilliseconds();
        // A second of slack: the system's clock may step while we look.
        Assert.InRange(now / 1_000_000, before - 1000, after + 1000);
    }

    [Fact]
    public void Should_Never_Go_Back_And_Count_Nanoseconds()
    {
        SystemClock clock = SystemClock.Instance;
        long start = clock.MonotonicNs();
        long started = System.Diagnostics.Stopwatch.GetTimestamp();
        long last = start;
        for (int i = 0; i < 100_000; i++)
        {
            long now = clock.MonotonicNs();
            Assert.True(now >= last);
            last = now;
        }

        double elapsedNs = System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalNanoseconds;
        Assert.InRange(last - start, 1, elapsedNs + 1_000_000);
        Assert.True(clock.MonotonicNs() - start >= elapsedNs * 0.99);
    }

    [Fact]
    public void Should_Stand_Still_Until_Moved()
    {
        var clock = new ManualClock(1_700_000_000_000_000_000);
        Assert.Equal(clock.EpochNs(), clock.EpochNs());
        clock.Advance(5);
        Assert.Equal(1_700_000_000_000_000_005, clock.EpochNs());
        long before = clock.MonotonicNs();
        clock.Advance(7);
        Assert.Equal(before + 7, clock.MonotonicNs());
        Assert.Throws<ArgumentOutOfRangeException>("ns", () => clock.Advance(-1));
    }
}
