using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Storage.QuestDb.Schema;

/// <summary>The settings under LowLatency:questdb:retention. 0 keeps for ever. Whole partitions go: an hour of ticks and intensity, a month of bars, a day of indicators.</summary>
public sealed class RetentionSettings
{
    /// <summary>Trades, quotes and best quotes, in days.</summary>
    [ConfigurationKeyName("tick_days")]
    [Range(0, 36_500)]
    public int TickDays { get; set; } = 5;

    /// <summary>Bars under a day, in months.</summary>
    [ConfigurationKeyName("bar_months")]
    [Range(0, 1200)]
    public int BarMonths { get; set; } = 24;

    /// <summary>Indicators on bars under a day, in days.</summary>
    [ConfigurationKeyName("indicator_days")]
    [Range(0, 36_500)]
    public int IndicatorDays { get; set; } = 90;

    /// <summary>Intensity of each trade, in hours.</summary>
    [ConfigurationKeyName("intensity_hours")]
    [Range(0, 876_000)]
    public int IntensityHours { get; set; } = 1;

    /// <summary>Whether old partitions become Parquet files, where the server can: bars after 3 days, bars_1d and indicators after 7, all others that are kept after 30.</summary>
    [ConfigurationKeyName("parquet")]
    public bool Parquet { get; set; } = true;

    /// <summary>How often old partitions are looked after, in minutes.</summary>
    [ConfigurationKeyName("interval_minutes")]
    [Range(1, 10_080)]
    public int IntervalMinutes { get; set; } = 60;
}
