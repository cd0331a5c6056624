namespace LowLatency.Core.Clocks;

/// <summary>
/// A clock read from the processor's counter, without a system call and to the nanosecond, and held to the system's clock by comparing the two from
/// time to time. The monotonic time never goes back; the time of day does only where the system's clock was set.
/// </summary>
/// <remarks>
/// Differences from the system's clock are worked off by running up to <see cref="MaxSlewPpm"/> faster or slower than the measured speed. A time of day that is
/// more than <see cref="StepLimitNs"/> away is set anew, and counted. A monotonic clock that is so far behind jumps forward, and is counted; one that is ahead is
/// slewed however far. A counter that is set back (as some machines do when they wake from suspend to RAM) stops both until the next comparison.
/// </remarks>
/// <typeparam name="TCounter">The counter.</typeparam>
public sealed class TscClock<TCounter> : ICalibratedClock
    where TCounter : struct, ITickCounter
{
    /// <summary>The most that either clock runs faster or slower than the measured speed, in millionths.</summary>
    public const double MaxSlewPpm = 500;

    /// <summary>The difference from the system's clock from which on it is not slewed but stepped, nanoseconds.</summary>
    public const long StepLimitNs = 10_000_000;

    /// <summary>A comparison whose best sample took longer than this does not count, nanoseconds.</summary>
    public const long MaxBracketNs = 20_000;

    /// <summary>A comparison so soon after the last one is not made, nanoseconds.</summary>
    public const long MinIntervalNs = 10_000_000;

    // A difference is worked off within twice the time between comparisons, but not in less than this: the next one may come later.
    private const long MinHorizonNs = 2_000_000_000;

    private readonly Lock _calibrating = new();
    private readonly IClock _system;
    private readonly TickRate _rate;
    private TCounter _counter;
    private ClockSegment _current;
    private ClockStatus _status;

    /// <summary>Measures the counter's speed and starts the clock at the system's time. Keeps its thread busy meanwhile.</summary>
    /// <param name="counter">The counter.</param>
    /// <param name="system">The clock it is held to.</param>
    /// <param name="measureNs">How long to measure, nanoseconds, at least 1: 10 ms give some 10 ppm, and the comparisons after it the rest.</param>
    /// <exception cref="InvalidOperationException">The counter does not count forward.</exception>
    public TscClock(TCounter counter, IClock system, long measureNs = 10_000_000)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentOutOfRangeException.ThrowIfLessThan(measureNs, 1);
        _counter = counter;
        _system = system;
        ClockSample first = ClockSample.OfMonotonic(ref _counter, system);
        while (system.MonotonicNs() - first.Ns < measureNs)
        {
        }

        ClockSample sample = ClockSample.OfMonotonic(ref _counter, system);
        double ticks = (long)(sample.Ticks - first.Ticks);
        double nsPerTick = (sample.Ns - first.Ns) / ticks;
        // Above 10 us a tick it would be no clock; a segment's multiplier has room for more.
        if (ticks <= 0 || nsPerTick is not (> 0 and < 10_000)) throw new InvalidOperationException($"The time stamp counter made {ticks} ticks in {sample.Ns - first.Ns} ns: it is no clock.");
        _rate = new TickRate(sample, nsPerTick);
        ClockSample epoch = ClockSample.OfEpoch(ref _counter, system);
        // Both lines are brought to the same tick, that of the later sample.
        _current = ClockSegment.Start(nsPerTick, epoch.Ticks, sample.Ns + (long)((epoch.Ticks - sample.Ticks) * nsPerTick), epoch.Ns);
        _status = new ClockStatus(1e9 / nsPerTick, 0, 0, 0, 0, 0, 0, 0, (long)(sample.BracketTicks * nsPerTick / 2));
    }

    /// <inheritdoc/>
    public ClockStatus Status
    {
        get
        {
            lock (_calibrating) return _status;
        }
    }

    /// <inheritdoc/>
    public long MonotonicNs()
    {
        // Acquire: pairs with the release in Calibrate, after which the segment has begun.
        ClockSegment segment = Volatile.Read(ref _current);
        ulong tick = _counter.Read();
        // A link that is missing now had not been set when the counter was read, give or take what ClockSegment allows for.
        return segment.Next is null ? segment.MonotonicNs(tick) : ReadInLast(segment, ref tick).MonotonicNs(tick);
    }

    /// <inheritdoc/>
    public long EpochNs()
    {
        ClockSegment segment = Volatile.Read(ref _current);
        ulong tick = _counter.Read();
        return segment.Next is null ? segment.EpochNs(tick) : ReadInLast(segment, ref tick).EpochNs(tick);
    }

    /// <inheritdoc/>
    public void Calibrate()
    {
        lock (_calibrating)
        {
            ClockSample sample = ClockSample.OfMonotonic(ref _counter, _system);
            ClockSample epoch = ClockSample.OfEpoch(ref _counter, _system);
            long bracketNs = (long)(Math.Max(sample.BracketTicks, epoch.BracketTicks) * _rate.NsPerTick);
            if (bracketNs > MaxBracketNs)
            {
                _status = _status with { Rejected = _status.Rejected + 1 };
                return;
            }

            double elapsedNs = (long)(sample.Ticks - _rate.Last.Ticks) * _rate.NsPerTick;
            if (elapsedNs is >= 0 and < MinIntervalNs) return;
            if (!_rate.Add(sample)) _status = _status with { Restarts = _status.Restarts + 1 };
            long error = sample.Ns - _current.MonotonicNs(sample.Ticks);
            long epochError = epoch.Ns - _current.EpochNs(epoch.Ticks);
            Follow(error, epochError, Math.Max(2 * Math.Abs(elapsedNs), MinHorizonNs));
            _status = _status with
            {
                FrequencyHz = 1e9 / _rate.NsPerTick,
                Calibrations = _status.Calibrations + 1,
                MonotonicErrorNs = error,
                EpochErrorNs = epochError,
                UncertaintyNs = bracketNs / 2,
            };
        }
    }

    private static double SlewOf(long errorNs, double horizonNs) => 1 + Math.Clamp(errorNs / horizonNs, -MaxSlewPpm * 1e-6, MaxSlewPpm * 1e-6);

    private void Follow(long error, long epochError, double horizonNs)
    {
        bool steps = error > StepLimitNs;
        bool epochSteps = Math.Abs(epochError) > StepLimitNs;
        _status = _status with { MonotonicSteps = _status.MonotonicSteps + (steps ? 1 : 0), EpochSteps = _status.EpochSteps + (epochSteps ? 1 : 0) };
        ClockSegment last = _current;
        var next = new ClockSegment(
            _rate.NsPerTick * SlewOf(steps ? 0 : error, horizonNs),
            _rate.NsPerTick * SlewOf(epochSteps ? 0 : epochError, horizonNs),
            steps ? error : 0,
            epochSteps ? epochError : 0);
        last.Link(next);
        next.Begin(last, ref _counter);
        // Release: whoever finds the segment here finds it begun.
        Volatile.Write(ref _current, next);
    }

    // Rare: a calibration links the next segment just now.
    private ClockSegment ReadInLast(ClockSegment segment, ref ulong tick)
    {
        while (segment.Next is { } next)
        {
            next.Begin(segment, ref _counter);
            segment = next;
            tick = _counter.Read();
        }

        return segment;
    }
}
