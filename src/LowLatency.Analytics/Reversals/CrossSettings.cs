using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Analytics.Reversals;

/// <summary>Version 4 of the reversals (settings group <c>reversals.v4</c>).</summary>
public sealed class CrossSettings
{
    /// <summary>The timeframe: a whole number and s, m, h or d.</summary>
    [ConfigurationKeyName("interval")]
    public string Interval { get; set; } = "10s";

    /// <summary>Choppiness, 0 to 100, has to be below this: above it the market goes sideways.</summary>
    [ConfigurationKeyName("choppiness_max")]
    [Range(0.0, 1000)]
    public double ChoppinessMax { get; set; } = 61.8;

    /// <summary>Over how many bars choppiness is taken.</summary>
    [ConfigurationKeyName("choppiness_length")]
    [Range(2, 1000)]
    public int ChoppinessLength { get; set; } = 14;

    /// <summary>How many times the average volume of the bars before it the bar's volume has to be.</summary>
    [ConfigurationKeyName("volume_ratio")]
    [Range(0.0, 1000)]
    public double VolumeRatio { get; set; } = 1.5;

    /// <summary>The volume ratio at which the strength is 1.</summary>
    [ConfigurationKeyName("volume_ratio_full")]
    [Range(1e-6, 1000)]
    public double VolumeRatioFull { get; set; } = 3;

    internal CrossSettings Copy() => (CrossSettings)MemberwiseClone();
}
