using System.ComponentModel.DataAnnotations;
using LowLatency.Analytics.Intensity;
using LowLatency.Analytics.Reversals;
using LowLatency.Market.Calendars;
using LowLatency.Market.Instruments;
using LowLatency.Market.Settings;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Engine.Settings;

/// <summary>Instruments that have some settings of their own (a member of the settings list <c>instrument_classes</c>).</summary>
public sealed class InstrumentClassSettings
{
    /// <summary>Whose: symbols, each with at most one * for any characters: SPY, *USDT, ES*.</summary>
    [ConfigurationKeyName("symbols")]
    public string[] Symbols { get; set; } = [];

    /// <summary>Calendar of their daily and weekly bars, in place of bars.calendar; null, when it is left out: the setting bars.calendar.</summary>
    [ConfigurationKeyName("calendar")]
    public CalendarName? Calendar { get; set; }

    /// <summary>Their trades are suspect when |ln(price / median)| is above this; 0: the setting normalization.outlier_log_return.</summary>
    [ConfigurationKeyName("outlier_log_return")]
    [Range(0.0, 100)]
    public double OutlierLogReturn { get; set; }

    /// <summary>Which settings of the group <c>intensity</c> are different for them; <c>enabled</c> cannot be.</summary>
    [ConfigurationKeyName("intensity")]
    public GroupOverrides<IntensitySettings> Intensity { get; set; } = new();

    /// <summary>Which settings of the group <c>reversals</c> are different for them.</summary>
    [ConfigurationKeyName("reversals")]
    public GroupOverrides<ReversalSettings> Reversals { get; set; } = new();

    /// <summary>Whether a symbol is one of theirs.</summary>
    /// <param name="symbol">The symbol.</param>
    public bool Contains(string symbol) => SymbolPatterns.Match(Symbols, symbol);

    /// <summary>A copy that later changes of these settings do not touch.</summary>
    public InstrumentClassSettings Copy()
    {
        var copy = (InstrumentClassSettings)MemberwiseClone();
        copy.Symbols = [.. Symbols];
        copy.Intensity = Intensity.Copy();
        copy.Reversals = Reversals.Copy();
        return copy;
    }
}
