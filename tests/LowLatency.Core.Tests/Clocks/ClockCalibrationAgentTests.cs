using LowLatency.Core.Clocks;

namespace LowLatency.Core.Tests.Clocks;

public sealed class ClockCalibrationAgentTests
{
    private readonly ManualClock _time = new(0);
    private readonly CountingClock _clock = new();

    [Fact]
    public void Should_Calibrate_Often_At_First_And_Then_Once_A_Second()
    {
        var agent = new ClockCalibrationAgent(_clock, _time);
        agent.OnStart();
        var dueMs = new List<long>();
        for (int ms = 0; ms < 6000; ms++)
        {
            Assert.Equal(0, agent.DoWork());
            if (_clock.Calibrations > dueMs.Count) dueMs.Add(ms);
            Assert.InRange(agent.IdleNs(), 0, ClockCalibrationAgent.IntervalNs);
            _time.Advance(1_000_000);
        }

        Assert.Equal([50, 150, 350, 750, 1550, 2550, 3550, 4550, 5550], dueMs);
    }

    [Fact]
    public void Should_Tell_How_Long_There_Is_Nothing_To_Do()
    {
        var agent = new ClockCalibrationAgent(_clock, _time);
        agent.OnStart();
        Assert.Equal(50_000_000, agent.IdleNs());
        _time.Advance(49_000_000);
        Assert.Equal(1_000_000, agent.IdleNs());
        _time.Advance(5_000_000);
        Assert.Equal(0, agent.IdleNs());
        agent.DoWork();
        Assert.Equal(100_000_000, agent.IdleNs());
    }

    private sealed class CountingClock : ICalibratedClock
    {
        public int Calibrations { get; private set; }

        public ClockStatus Status => default;

        public void Calibrate() => Calibrations++;

        public long EpochNs() => 0;

        public long MonotonicNs() => 0;
    }
}
