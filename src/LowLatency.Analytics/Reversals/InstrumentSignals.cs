using LowLatency.Analytics.Intensity;

namespace LowLatency.Analytics.Reversals;

/// <summary>What the signals remember of one instrument; made at its first trade or bar.</summary>
/// <param name="ofClass">Which settings it has: their index.</param>
/// <param name="settings">The settings; not changed by anybody while this has them.</param>
/// <param name="frames">The bars of its timeframes.</param>
internal sealed class InstrumentSignals(int ofClass, SignalSettings settings, SignalFrames frames)
{
    /// <summary>Index of its settings.</summary>
    public int OfClass { get; } = ofClass;

    public SignalFrames Frames { get; } = frames;

    public IntensityMeter Meter { get; } = new(settings.Intensity);

    public ReversalDetector Detector { get; } = new(settings.Reversals);

    /// <summary>Every so many trades a sample is said.</summary>
    public int PublishEveryTrades { get; private set; } = settings.Intensity.PublishEveryTrades;

    /// <summary>Trades until the next sample is said.</summary>
    public int UntilSample { get; set; }

    /// <summary>Goes on with other settings.</summary>
    public void Change(SignalSettings settings)
    {
        Meter.Change(settings.Intensity);
        Detector.Change(settings.Reversals);
        PublishEveryTrades = settings.Intensity.PublishEveryTrades;
    }
}
