using Microsoft.Extensions.Configuration;

namespace LowLatency.Analytics.Indicators;

/// <summary>When indicators are computed beside the first closing of a bar (settings group <c>indicator_options</c>).</summary>
public sealed class IndicatorSettings
{
    /// <summary>Whether a bar that is revised says its values, and those of the later closed bars of its interval, again; off: they stay as first said.</summary>
    [ConfigurationKeyName("restate")]
    public bool Restate { get; set; }

    /// <summary>Whether there are values on open bars too, marked as provisional, whenever an open bar is said (bars.open_every_ms).</summary>
    [ConfigurationKeyName("provisional")]
    public bool Provisional { get; set; }
}
