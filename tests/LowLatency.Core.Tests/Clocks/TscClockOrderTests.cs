using System.Diagnostics;
using LowLatency.Core.Clocks;
using Clock = LowLatency.Core.Clocks.TscClock<LowLatency.Core.Tests.Clocks.SimulatedMachine.SimulatedCounter>;

namespace LowLatency.Core.Tests.Clocks;

/// <summary>No reader ever sees the time go back, wherever it or the calibration is interrupted.</summary>
public sealed class TscClockOrderTests
{
    private const long Second = 1_000_000_000;

    // Sixteen samples of two reads each, and the read at which the next segment begins.
    private const int ReadsOfCalibration = 33;

    private readonly SimulatedMachine _machine = new();
    private long _last;

    [Fact]
    public void Should_Not_Go_Back_For_A_Reader_That_Comes_At_Any_Point_Of_A_Calibration()
    {
        for (int read = 0; read < ReadsOfCalibration; read++)
        {
            Clock clock = FastClock();
            _machine.InterruptRead(read, () => Look(clock));
            clock.Calibrate();
            Look(clock);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Should_Not_Go_Back_When_A_Calibration_Is_Interrupted_As_It_Changes_The_Speed(bool after)
    {
        Clock clock = FastClock();
        _machine.InterruptRead(
            ReadsOfCalibration - 1,
            () =>
            {
                // The slower speed is linked and has not begun: the reader begins it, and the clock runs on at it for a day.
                Look(clock);
                _machine.Pass(86_400 * Second);
                Look(clock);
            },
            after);
        clock.Calibrate();
        Look(clock);
        Assert.Equal(0, clock.Status.MonotonicSteps);
    }

    [Fact]
    public void Should_Not_Go_Back_For_A_Reader_That_Was_Interrupted_By_Several_Calibrations()
    {
        Clock clock = FastClock();
        Look(clock);
        _machine.InterruptRead(0, () =>
        {
            for (int i = 0; i < 3; i++)
            {
                _machine.Pass(60 * Second);
                clock.Calibrate();
            }

            _last = Math.Max(_last, clock.MonotonicNs());
        });
        Look(clock);
        Look(clock);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Should_Not_Go_Back_For_Readers_On_Other_Threads()
    {
        const int calibrations = 4000;
        var time = new HastyClock();
        var clock = new TscClock<StopwatchCounter>(default, time, 1_000_000);
        using var end = new CancellationTokenSource();
        long seen = 0;
        Task<long>[] readers = [.. Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
            () =>
            {
                long reads = 0;
                for (; !end.IsCancellationRequested; reads++)
                {
                    long before = Volatile.Read(ref seen);
                    long now = clock.MonotonicNs();
                    if (now < before) throw new InvalidOperationException($"{now} after {before}");
                    if (now > before) Interlocked.CompareExchange(ref seen, now, before);
                }

                return reads;
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];
        while (clock.Status.Calibrations + clock.Status.Rejected < calibrations && !readers.Any(r => r.IsFaulted)) clock.Calibrate();
        await end.CancelAsync();
        foreach (Task<long> reader in readers) Assert.True(await reader > 0);
        Assert.True(clock.Status.Calibrations > 0);
    }

    private void Look(Clock clock)
    {
        long now = clock.MonotonicNs();
        Assert.True(now >= _last, $"{_last - now} ns back");
        _last = now;
    }

    /// <summary>A clock that runs ahead of the system's by the most it may: the next calibration slows it down by a thousandth.</summary>
    private Clock FastClock()
    {
        var clock = new Clock(_machine.Counter, _machine);
        for (int i = 0; i < 20; i++)
        {
            _machine.Pass(Second);
            clock.Calibrate();
        }

        // Too far ahead to be anything but slewed; then the system catches up at once.
        _machine.PassWithoutCounter(9_000_000);
        _machine.Pass(Second / 2);
        clock.Calibrate();
        Assert.InRange(clock.Status.MonotonicErrorNs, 8_000_000, 10_000_000);
        _machine.MoveCounter(2.6e9);
        _machine.Pass(Second);
        _last = clock.MonotonicNs();
        return clock;
    }

    private readonly struct StopwatchCounter : ITickCounter
    {
        public ulong Read() => (ulong)Stopwatch.GetTimestamp();
    }

    /// <summary>The system's time, twenty times as fast, and unsteady: each calibration finds another speed.</summary>
    private sealed class HastyClock : IClock
    {
        private const int Haste = 20;

        private int _calls;

        public long EpochNs() => MonotonicNs();

        public long MonotonicNs() => (SystemClock.Instance.MonotonicNs() * Haste) + (++_calls / 40 % 3 * 5_000);
    }
}
