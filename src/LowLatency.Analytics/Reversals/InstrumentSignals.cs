using LowLatency.Analytics.Intensity;

namespace LowLatency.Analytics.Reversals;

/// <summary>What the signals remember of one instrument; made at its first trade or bar.</summary>
/// <param name="intensity">The settings of the intensity.</param>
/// <param name="reversals">The settings of the reversals.</param>
internal sealed class InstrumentSignals(IntensitySettings intensity, ReversalSettings reversals)
{
    public IntensityMeter Meter { get; } = new(intensity);

    public ReversalDetector Detector { get; } = new(reversals);

    /// <summary>Trades until the next sample is said.</summary>
    public int UntilSample { get; set; }
}
