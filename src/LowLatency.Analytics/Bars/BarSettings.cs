using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Analytics.Bars;

/// <summary>Which bars are built and how (settings group <c>bars</c>).</summary>
public sealed class BarSettings
{
    /// <summary>Lengths of the time bars, at most eight, each a whole number and s, m, h or d.</summary>
    [ConfigurationKeyName("intervals")]
    public string[] Intervals { get; set; } = ["1s", "10s", "1m", "5m", "15m", "1h", "4h", "1d"];

    /// <summary>How long after its end a bar stays open for trades that are a little late, in nanoseconds.</summary>
    [ConfigurationKeyName("grace_ns")]
    [Range(0.0, 3.6e12)]
    public long GraceNs { get; set; }

    /// <summary>How many of its last closed bars of each interval an instrument can still revise when a trade arrives late.</summary>
    [ConfigurationKeyName("revisable")]
    [Range(1, 64)]
    public int Revisable { get; set; } = 8;

    /// <summary>At most every so many milliseconds of event time an open bar that has changed is said; 0: open bars are said only at the end of the input.</summary>
    [ConfigurationKeyName("open_every_ms")]
    [Range(0, 3_600_000)]
    public int OpenEveryMs { get; set; } = 250;
}
