namespace LowLatency.Core.Clocks;

/// <summary>How a calibrated clock is doing.</summary>
/// <param name="FrequencyHz">The counter's measured speed.</param>
/// <param name="Calibrations">Comparisons with the system's clock that counted.</param>
/// <param name="Rejected">Comparisons that did not: the thread was interrupted in all of their samples.</param>
/// <param name="EpochSteps">How often the time of day was set anew, because it was too far from the system's.</param>
/// <param name="MonotonicSteps">How often the monotonic clock jumped forward, because it was too far behind the system's.</param>
/// <param name="Restarts">How often the counter's speed had changed abruptly (the virtual machine was stopped or moved) and was measured anew.</param>
/// <param name="MonotonicErrorNs">How far behind the system's the monotonic clock was when it was compared last, nanoseconds.</param>
/// <param name="EpochErrorNs">The same of the time of day.</param>
/// <param name="UncertaintyNs">How well the last comparison could tell, nanoseconds either way.</param>
public readonly record struct ClockStatus(
    double FrequencyHz,
    long Calibrations,
    long Rejected,
    long EpochSteps,
    long MonotonicSteps,
    long Restarts,
    long MonotonicErrorNs,
    long EpochErrorNs,
    long UncertaintyNs);
