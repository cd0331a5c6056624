using System.ComponentModel.DataAnnotations;
using LowLatency.Market.Settings;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Analytics.Alerts;

/// <summary>A rule over published values (a member of the settings list <c>alerts</c>); a text in its place is its rule.</summary>
public sealed class AlertSettings
{
    /// <summary>What its alerts are called: 1 to 64 printable ASCII characters without quotation mark and backslash; when it is left out, the rule's text, however long.</summary>
    [ConfigurationKeyName("name")]
    public string Name { get; set; } = "";

    /// <summary>The rule, for example <c>rsi(14) crosses_above 70 on 1m</c> or <c>spread_bps &gt; 5 for 10s</c>.</summary>
    [ConfigurationKeyName("rule")]
    [TextSetting]
    public string Rule { get; set; } = "";

    /// <summary>Whose: symbols, each with at most one * for any characters: SPY, *USDT; none: all instruments'.</summary>
    [ConfigurationKeyName("symbols")]
    public string[] Symbols { get; set; } = [];

    /// <summary>How long after an alert the next of the same instrument can be, in seconds of event time; what comes before is counted, and not said.</summary>
    [ConfigurationKeyName("cooldown_seconds")]
    [Range(0.0, 31_536_000)]
    public double CooldownSeconds { get; set; }
}
