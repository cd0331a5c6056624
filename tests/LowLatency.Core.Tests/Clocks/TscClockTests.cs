using LowLatency.Core.Clocks;
using Clock = LowLatency.Core.Clocks.TscClock<LowLatency.Core.Tests.Clocks.SimulatedMachine.SimulatedCounter>;

namespace LowLatency.Core.Tests.Clocks;

public sealed class TscClockTests
{
    private const long Second = 1_000_000_000;
    private const long Hour = 3600 * Second;

    private readonly SimulatedMachine _machine = new();

    [Fact]
    public void Should_Start_At_The_Systems_Time()
    {
        Clock clock = Start();
        Assert.InRange(Math.Abs(MonotonicError(clock)), 0, 50);
        Assert.InRange(Math.Abs(EpochError(clock)), 0, 150);
        Assert.InRange(clock.Status.FrequencyHz, 2_599_990_000, 2_600_010_000);
    }

    [Theory]
    [InlineData(50, 0)]
    [InlineData(-50, 0)]
    [InlineData(0, 50)]
    [InlineData(20, 30)]
    public void Should_Stay_With_The_System_Whatever_The_Crystal_Does(double constantPpm, double wanderPpm)
    {
        // The wander: once to and fro an hour, as a machine that warms up and cools down.
        _machine.DriftPpm = ns => constantPpm + (wanderPpm * Math.Sin(2 * Math.PI * ns / Hour));
        Clock clock = Start();
        long last = clock.MonotonicNs();
        long worst = 0;
        long worstEpoch = 0;
        for (int second = 0; second < 6 * 3600; second++)
        {
            _machine.Pass(Second);
            worst = Math.Max(worst, Math.Abs(MonotonicError(clock)));
            worstEpoch = Math.Max(worstEpoch, Math.Abs(EpochError(clock)));
            clock.Calibrate();
            long now = clock.MonotonicNs();
            Assert.True(now > last);
            last = now;
        }

        // The first second runs at the speed that was measured in ten milliseconds.
        Assert.InRange(worst, 0, 4_000);
        Assert.InRange(worstEpoch, 0, 4_000);
        ClockStatus status = clock.Status;
        Assert.Equal((6 * 3600, 0, 0, 0, 0), (status.Calibrations, status.Rejected, status.EpochSteps, status.MonotonicSteps, status.Restarts));
    }

    [Theory]
    [InlineData(8_000_000)]
    [InlineData(-8_000_000)]
    public void Should_Work_Off_A_Small_Difference_Within_Its_Bound(long differenceNs)
    {
        Clock clock = Warm();
        _machine.EpochOffsetNs += differenceNs;
        long start = clock.EpochNs() - _machine.Ns;
        long before = start;
        for (int second = 1; second <= 40; second++)
        {
            _machine.Pass(Second);
            clock.Calibrate();
            long offset = clock.EpochNs() - _machine.Ns;
            // 500 ppm are 500 us a second; a microsecond for what the measured speed is off.
            Assert.InRange(Math.Abs(offset - before), 0, 501_000);
            Assert.InRange(Math.Abs(offset - start), 0, Math.Abs(differenceNs) + 1_000);
            Assert.InRange(Math.Abs(MonotonicError(clock)), 0, 500);
            before = offset;
        }

        Assert.InRange(Math.Abs(EpochError(clock)), 0, 1_000);
        Assert.Equal(0, clock.Status.EpochSteps);
    }

    [Theory]
    [InlineData(3600 * Second)]
    [InlineData(-3600 * Second)]
    [InlineData(11_000_000)]
    public void Should_Step_With_A_System_Clock_That_Is_Set_And_Count_It(long stepNs)
    {
        Clock clock = Warm();
        _machine.EpochOffsetNs += stepNs;
        long monotonic = clock.MonotonicNs();
        _machine.Pass(Second);
        clock.Calibrate();
        Assert.InRange(Math.Abs(EpochError(clock)), 0, 500);
        Assert.InRange(Math.Abs(MonotonicError(clock)), 0, 500);
        Assert.True(clock.MonotonicNs() > monotonic);
        Assert.Equal((1, 0), (clock.Status.EpochSteps, clock.Status.MonotonicSteps));
    }

    [Fact]
    public void Should_Take_The_Sample_That_Was_Not_Interrupted()
    {
        Clock clock = Warm();
        // Sixteen reads for the monotonic clock, sixteen for the time of day; each sample but the third and the sixth of them is interrupted for 3 ms.
        for (int sample = 0; sample < 16; sample++)
        {
            if (sample % 8 is not (2 or 5)) _machine.InterruptRead((2 * sample) + 1, () => _machine.Pass(3_000_000));
        }

        _machine.Pass(Second);
        clock.Calibrate();
        Assert.Equal(0, clock.Status.Rejected);
        Assert.InRange(clock.Status.UncertaintyNs, 0, 50);
        Assert.InRange(Math.Abs(clock.Status.MonotonicErrorNs), 0, 200);
        Assert.InRange(Math.Abs(clock.Status.EpochErrorNs), 0, 300);
    }

    [Fact]
    public void Should_Reject_A_Comparison_All_Of_Whose_Samples_Were_Interrupted()
    {
        Clock clock = Warm();
        ClockStatus before = clock.Status;
        for (int sample = 0; sample < 8; sample++) _machine.InterruptRead((2 * sample) + 1, () => _machine.Pass(50_000));
        _machine.Pass(Second);
        clock.Calibrate();
        Assert.Equal(before with { Rejected = 1 }, clock.Status);
        Assert.InRange(Math.Abs(MonotonicError(clock)), 0, 500);
    }

    [Fact]
    public void Should_Not_Compare_Again_At_Once()
    {
        Clock clock = Warm();
        ClockStatus before = clock.Status;
        clock.Calibrate();
        clock.Calibrate();
        Assert.Equal(before, clock.Status);
    }

    [Fact]
    public void Should_Jump_Forward_When_The_Counter_Stood_Still()
    {
        // A virtual machine that was stopped: its system clock knows, the counter does not.
        Clock clock = Warm();
        long before = clock.MonotonicNs();
        _machine.PassWithoutCounter(3 * Second);
        _machine.Pass(Second);
        clock.Calibrate();
        Assert.InRange(clock.MonotonicNs() - before, 4 * Second, (4 * Second) + 10_000);
        Assert.InRange(Math.Abs(MonotonicError(clock)), 0, 1_000);
        Assert.Equal((1, 1, 1), (clock.Status.Restarts, clock.Status.MonotonicSteps, clock.Status.EpochSteps));
        Settle(clock);
        Assert.InRange(Math.Abs(MonotonicError(clock)), 0, 200);
    }

    [Fact]
    public void Should_Never_Go_Back_When_The_Counter_Jumped_Ahead()
    {
        Clock clock = Warm();
        _machine.Pass(Second);
        _machine.MoveCounter(2.6e9);
        clock.Calibrate();
        long last = clock.MonotonicNs();
        for (int second = 0; second < 60; second++)
        {
            _machine.Pass(Second);
            clock.Calibrate();
            long now = clock.MonotonicNs();
            // Slower than the system by the bound, to let it catch up.
            Assert.InRange(now - last, 999_400_000, 999_700_000);
            last = now;
        }

        Assert.Equal((1, 0, 1), (clock.Status.Restarts, clock.Status.MonotonicSteps, clock.Status.EpochSteps));
        Assert.InRange(Math.Abs(EpochError(clock)), 0, 1_000);
    }

    [Fact]
    public void Should_Find_Its_Speed_Again_When_The_Machine_Was_Moved_To_Another()
    {
        Clock clock = Warm();
        _machine.DriftPpm = _ => -200_000;
        _machine.Pass(Second);
        for (int i = 0; i < 2; i++)
        {
            clock.Calibrate();
            _machine.Pass(Second);
        }

        Assert.InRange(clock.Status.Restarts, 1, 2);
        long last = clock.MonotonicNs();
        for (int i = 0; i < 30; i++)
        {
            clock.Calibrate();
            _machine.Pass(Second);
            long now = clock.MonotonicNs();
            Assert.True(now > last);
            last = now;
        }

        Assert.InRange(clock.Status.FrequencyHz, 2_079_000_000, 2_081_000_000);
        Assert.InRange(Math.Abs(MonotonicError(clock)), 0, 1_000);
    }

    [Fact]
    public void Should_Refuse_A_Counter_That_Stands_Still()
    {
        _machine.DriftPpm = _ => -1e6;
        Assert.Contains("it is no clock", Assert.Throws<InvalidOperationException>(Start).Message, StringComparison.Ordinal);
    }

    private Clock Start() => new(_machine.Counter, _machine);

    private Clock Warm()
    {
        Clock clock = Start();
        Settle(clock);
        return clock;
    }

    private void Settle(Clock clock)
    {
        for (int i = 0; i < 30; i++)
        {
            _machine.Pass(Second);
            clock.Calibrate();
        }
    }

    private long MonotonicError(Clock clock) => clock.MonotonicNs() - _machine.Ns;

    private long EpochError(Clock clock) => clock.EpochNs() - _machine.TrueEpochNs;
}
