using FsCheck;
using FsCheck.Fluent;
using LowLatency.Core.Clocks;

namespace LowLatency.Core.Tests.Clocks;

/// <summary>The conversion from ticks to nanoseconds against arithmetic that cannot overflow.</summary>
public sealed class ClockSegmentTests
{
    private const long Start = 1_000_000_000_000;

    [Fact]
    public void Should_Convert_As_Wide_Arithmetic_Does() =>
        Prop.ForAll<uint, ulong, ushort>((speed, ticks, first) =>
        {
            // From 10 GHz to 100 kHz, and ticks of a century.
            double nsPerTick = 0.1 + (speed % 100_000 / 10.0);
            ticks %= (ulong)(3.2e18 / nsPerTick);
            ClockSegment segment = ClockSegment.Start(nsPerTick, first, Start, -Start);
            UInt128 expected = (UInt128)ticks * (ulong)(nsPerTick * (1L << 48)) >> 48;
            return segment.MonotonicNs(first + ticks) == Start + (long)expected && segment.EpochNs(first + ticks) == (long)expected - Start;
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Should_Stand_Still_Before_Its_Beginning()
    {
        ClockSegment segment = ClockSegment.Start(0.5, 1000, Start, 7);
        Assert.Equal((Start, 7), (segment.MonotonicNs(999), segment.EpochNs(0)));
        Assert.Equal((Start, 7), (segment.MonotonicNs(1000), segment.EpochNs(1000)));
        Assert.Equal((Start + 1, 8), (segment.MonotonicNs(1002), segment.EpochNs(1003)));
    }

    [Fact]
    public void Should_Begin_Where_The_Previous_One_Is_By_Then_And_A_Little_Higher_When_Slower()
    {
        var machine = new SimulatedMachine();
        SimulatedMachine.SimulatedCounter counter = machine.Counter;
        ClockSegment first = ClockSegment.Start(1, counter.Read(), Start, Start);
        var next = new ClockSegment(0.75, 2, 0, 100);
        first.Link(next);
        Assert.Same(next, first.Next);
        next.Begin(first, ref counter);
        ulong begun = machine.Ticks;
        // A quarter of a microsecond, and one for what is rounded.
        Assert.Equal(first.MonotonicNs(begun) + 251, next.MonotonicNs(begun));
        Assert.Equal(first.EpochNs(begun) + 100, next.EpochNs(begun));
        long before = next.MonotonicNs(begun);
        // Whoever comes later does not begin it again.
        next.Begin(first, ref counter);
        Assert.Equal(before, next.MonotonicNs(begun));
    }
}
