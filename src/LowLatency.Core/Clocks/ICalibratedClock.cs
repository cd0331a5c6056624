namespace LowLatency.Core.Clocks;

/// <summary>A clock that must be compared with the system's from time to time. Whoever made it sees to that, with a <see cref="ClockCalibrationAgent"/> for one.</summary>
public interface ICalibratedClock : IClock
{
    /// <summary>Compares it with the system's clock and adjusts its speed. Once a second is right; calls of several threads take turns. Not for the hot path.</summary>
    void Calibrate();

    /// <summary>How it is doing.</summary>
    ClockStatus Status { get; }
}
