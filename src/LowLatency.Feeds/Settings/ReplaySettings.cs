using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Feeds.Settings;

/// <summary>The replay of tick files: the section LowLatency:feed:replay.</summary>
public sealed class ReplaySettings
{
    /// <summary>The files, replayed one after another: CSV, plain or compressed with gzip.</summary>
    [ConfigurationKeyName("files")]
    public string[] Files { get; set; } = [];

    /// <summary>How fast: max, or a multiple of real time such as 1x, 10x or 0.5x.</summary>
    [ConfigurationKeyName("speed")]
    public string Speed { get; set; } = "max";

    /// <summary>The one symbol to replay, and the symbol of files that have no such column; empty: all symbols.</summary>
    [ConfigurationKeyName("symbol")]
    public string Symbol { get; set; } = "";

    /// <summary>The longest wait between two rows in seconds of the file's time, when the speed is a multiple of real time; 0: no limit.</summary>
    [ConfigurationKeyName("max_gap_seconds")]
    [Range(0, 86_400)]
    public double MaxGapSeconds { get; set; }
}
