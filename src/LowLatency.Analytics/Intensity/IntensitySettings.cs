using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Analytics.Intensity;

/// <summary>How the intensity of trading is measured, and what is a spike of it (settings group <c>intensity</c>). A class of instruments may differ in single ones.</summary>
public sealed class IntensitySettings
{
    /// <summary>Whether intensity, spikes and reversals are computed at all.</summary>
    [ConfigurationKeyName("enabled")]
    public bool Enabled { get; set; } = true;

    /// <summary>Every so many trades of an instrument its intensity is published; 1: at every trade.</summary>
    [ConfigurationKeyName("publish_every_trades")]
    [Range(1, 1_000_000)]
    public int PublishEveryTrades { get; set; } = 10;

    /// <summary>Over how many trades path and net move of the price are taken: N moves between N + 1 prices.</summary>
    [ConfigurationKeyName("path_trades")]
    [Range(1, 100_000)]
    public int PathTrades { get; set; } = 100;

    /// <summary>The least time, in seconds, that a path is divided by: a sweep within a millisecond would otherwise be taken for a thousand times the intensity of the same sweep within a second.</summary>
    [ConfigurationKeyName("elapsed_floor_seconds")]
    [Range(1e-9, 1e6)]
    public double ElapsedFloorSeconds { get; set; } = 0.1;

    /// <summary>How the intensity is smoothed: ema, sma or zlma.</summary>
    [ConfigurationKeyName("smoothing")]
    public Smoothing Smoothing { get; set; } = Smoothing.Ema;

    /// <summary>Length n of that average, in trades.</summary>
    [ConfigurationKeyName("smoothing_length")]
    [Range(1, 100_000)]
    public int SmoothingLength { get; set; } = 50;

    /// <summary>Of how many of the last smoothed intensities base and buffer are made: W, in trades.</summary>
    [ConfigurationKeyName("window")]
    [Range(2, 1_000_000)]
    public int Window { get; set; } = 1000;

    /// <summary>How many of the newest of those count as recent, in trades; fewer than the window.</summary>
    [ConfigurationKeyName("recent")]
    [Range(1, 999_999)]
    public int Recent { get; set; } = 100;

    /// <summary>Weight of the recent ones' mean in the base, 0 to 1; the mean of the older ones has the rest.</summary>
    [ConfigurationKeyName("recent_weight")]
    [Range(0.0, 1.0)]
    public double RecentWeight { get; set; } = 0.2;

    /// <summary>How many coefficients of variation the buffer lies above the base, in multiples of the base (lambda).</summary>
    [ConfigurationKeyName("cv_lambda")]
    [Range(0.0, 1000)]
    public double CvLambda { get; set; } = 1;

    /// <summary>The most that the coefficient of variation counts (pure number).</summary>
    [ConfigurationKeyName("cv_max")]
    [Range(0.0, 1000)]
    public double CvMax { get; set; } = 3;

    /// <summary>Below this smoothed intensity, in basis points a second, no spike begins.</summary>
    [ConfigurationKeyName("minimum_bps_per_second")]
    [Range(0.0, 1e9)]
    public double MinimumBpsPerSecond { get; set; } = 1e-6;

    /// <summary>What is wrong with how the settings go together; empty when nothing is.</summary>
    public IEnumerable<string> Mistakes()
    {
        if (Recent >= Window) yield return $"intensity.recent: {Recent} is not fewer than intensity.window, {Window}; some of the window must be older than recent";
    }

    /// <summary>A copy that later changes of these settings do not touch.</summary>
    public IntensitySettings Copy() => (IntensitySettings)MemberwiseClone();
}
