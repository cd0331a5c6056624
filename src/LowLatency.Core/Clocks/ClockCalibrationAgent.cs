using LowLatency.Core.Agents;

namespace LowLatency.Core.Clocks;

/// <summary>Calibrates a clock: often at first, when its speed is known roughly only, then once a second.</summary>
/// <param name="clock">The clock.</param>
/// <param name="time">What says when a calibration is due; not the clock itself, which may be wrong.</param>
public sealed class ClockCalibrationAgent(ICalibratedClock clock, IClock time) : Agent
{
    /// <summary>The time between calibrations that it comes to, nanoseconds.</summary>
    public const long IntervalNs = 1_000_000_000;

    private const long FirstIntervalNs = 50_000_000;

    private long _intervalNs = FirstIntervalNs;
    private long _dueNs;

    /// <inheritdoc/>
    public override string Name => "clock";

    /// <inheritdoc/>
    public override void OnStart() => _dueNs = time.MonotonicNs() + _intervalNs;

    /// <inheritdoc/>
    /// <returns>0: after a calibration there is nothing to do for a long time.</returns>
    public override int DoWork()
    {
        long now = time.MonotonicNs();
        if (now < _dueNs) return 0;
        clock.Calibrate();
        _intervalNs = Math.Min(2 * _intervalNs, IntervalNs);
        _dueNs = now + _intervalNs;
        return 0;
    }

    /// <inheritdoc/>
    public override long IdleNs() => Math.Max(0, _dueNs - time.MonotonicNs());
}
