using LowLatency.Core.Clocks;
using LowLatency.Core.Native;
using LowLatency.Core.Tests.Native;

namespace LowLatency.Core.Tests.Clocks;

/// <summary>The clock of the machine's own counter.</summary>
public sealed class NativeClockTests
{
    private readonly ICalibratedClock _clock;

    public NativeClockTests()
    {
        NativeLibraryFact.SkipWhereAbsent();
        NativeFactory native = NativeFactory.Choose(NativeMode.On);
        Assert.SkipWhen(ClockChoice.ProblemOfTsc(native) is not null, ClockChoice.ProblemOfTsc(native) ?? "");
        ClockChoice choice = native.CreateClock(ClockKind.Tsc);
        Assert.StartsWith("time stamp counter: invariant", choice.Reason, StringComparison.Ordinal);
        _clock = Assert.IsAssignableFrom<ICalibratedClock>(choice.Clock);
    }

    [Fact]
    public void Should_Tell_The_Systems_Time()
    {
        // A second of slack: the test's thread may be kept from its processor, and the system's clock may step.
        Assert.InRange(_clock.MonotonicNs() - SystemClock.Instance.MonotonicNs(), -1_000_000_000, 1_000_000_000);
        Assert.InRange(_clock.EpochNs() - SystemClock.Instance.EpochNs(), -1_000_000_000, 1_000_000_000);
        Assert.InRange(_clock.Status.FrequencyHz, 1e6, 1e11);
    }

    [Fact]
    public void Should_Count_Forward_Through_Calibrations()
    {
        long last = _clock.MonotonicNs();
        for (int i = 0; _clock.Status.Calibrations + _clock.Status.Rejected < 3; i++)
        {
            if (i % 1000 == 0) _clock.Calibrate();
            long now = _clock.MonotonicNs();
            Assert.True(now >= last);
            last = now;
        }
    }

    [Fact]
    public void Should_Allocate_Nothing_When_Read()
    {
        long sum = 0;
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 1000; i++) sum += _clock.MonotonicNs() ^ _clock.EpochNs();
        }));
        Assert.NotEqual(0, sum);
    }
}
