using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Feeds.Settings;

/// <summary>Clock events, which close the bars of quiet instruments: the section LowLatency:feed:clock.</summary>
public sealed class ClockSettings
{
    /// <summary>How often the time is published, in milliseconds.</summary>
    [ConfigurationKeyName("interval_ms")]
    [Range(1, 60_000)]
    public int IntervalMs { get; set; } = 100;

    /// <summary>How far it stays behind the machine's clock, in milliseconds, so that ticks under way still find their bars open.</summary>
    [ConfigurationKeyName("lag_ms")]
    [Range(0, 60_000)]
    public int LagMs { get; set; }
}
