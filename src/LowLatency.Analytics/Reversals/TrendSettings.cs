using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Analytics.Reversals;

/// <summary>Version 3 of the reversals (settings group <c>reversals.v3</c>).</summary>
public sealed class TrendSettings
{
    /// <summary>At the closings of how many low bars after a spike's end a signal is waited for.</summary>
    [ConfigurationKeyName("bars")]
    [Range(1, 10_000)]
    public int Bars { get; set; } = 3;

    /// <summary>How many times the average volume of the bars before it the low bar's volume has to be.</summary>
    [ConfigurationKeyName("volume_ratio")]
    [Range(0.0, 1000)]
    public double VolumeRatio { get; set; } = 1.2;

    /// <summary>The low timeframe: a whole number and s, m, h or d.</summary>
    [ConfigurationKeyName("low")]
    public string Low { get; set; } = "10s";

    /// <summary>The high timeframe.</summary>
    [ConfigurationKeyName("high")]
    public string High { get; set; } = "1m";

    internal TrendSettings Copy() => (TrendSettings)MemberwiseClone();
}
