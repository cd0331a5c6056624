using LowLatency.Analytics.Intensity;

namespace LowLatency.Analytics.Reversals;

/// <summary>The settings that the signals of a class of instruments are computed with.</summary>
/// <param name="Intensity">Settings of the intensity.</param>
/// <param name="Reversals">Settings of the reversals.</param>
/// <param name="Path">What stands before the names of these settings in messages: empty, or the class's path with a dot behind.</param>
public sealed record SignalSettings(IntensitySettings Intensity, ReversalSettings Reversals, string Path = "")
{
    /// <summary>A copy that later changes of these settings do not touch.</summary>
    public SignalSettings Copy() => this with { Intensity = Intensity.Copy(), Reversals = Reversals.Copy() };

    /// <summary>What is wrong with how the settings go together, each with its path; empty when nothing is.</summary>
    public IReadOnlyList<string> Mistakes()
    {
        List<string> mistakes = [.. Intensity.Mistakes()];
        SignalTimeframes.Read(Reversals, mistakes);
        return [.. mistakes.Select(m => Path + m)];
    }

    /// <summary>What of these settings cannot take the place of others while it runs, each with its path; empty when all can.</summary>
    /// <param name="now">Those in force.</param>
    public IEnumerable<string> Unchangeable(SignalSettings now)
    {
        ArgumentNullException.ThrowIfNull(now);
        if (!Intensity.Enabled) yield return $"{Path}intensity.enabled cannot change while it runs; start again with the other.";
        foreach ((string name, string before, string after) in new[]
        {
            ("reversals.v3.low", now.Reversals.V3.Low, Reversals.V3.Low), ("reversals.v3.high", now.Reversals.V3.High, Reversals.V3.High), ("reversals.v4.interval", now.Reversals.V4.Interval, Reversals.V4.Interval),
        })
        {
            if (before != after) yield return $"{Path}{name}: a timeframe cannot change while it runs, from {before} to {after}; start again with the new one.";
        }
    }
}
