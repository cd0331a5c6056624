using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Engine.Settings;

/// <summary>Counters that other processes read while the engine runs: <c>./run.sh stat</c> (settings group <c>counters</c>).</summary>
public sealed class CountersSettings
{
    /// <summary>Whether there are any.</summary>
    [ConfigurationKeyName("enabled")]
    public bool Enabled { get; set; } = true;

    /// <summary>The folder of the file; empty: lowlatency-USER in /dev/shm, or where that is missing in the folder of temporary files.</summary>
    [ConfigurationKeyName("directory")]
    public string Directory { get; set; } = "";

    /// <summary>What the process is; the file's name begins with it: letters, digits and '-', at most 44.</summary>
    [ConfigurationKeyName("role")]
    public string Role { get; set; } = "engine";

    /// <summary>How many counters there can be; 640 bytes each.</summary>
    [ConfigurationKeyName("capacity")]
    [Range(128, 65_536)]
    public int Capacity { get; set; } = 1024;

    /// <summary>How often the counters that no thread of the pipeline writes are brought up to date, and the heart beats, in milliseconds.</summary>
    [ConfigurationKeyName("interval_ms")]
    [Range(10, 1000)]
    public int IntervalMs { get; set; } = 250;
}
