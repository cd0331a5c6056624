using System.ComponentModel.DataAnnotations;
using LowLatency.Market.Calendars;
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

    /// <summary>What an interval without a trade makes: none, or previous for a flat bar at the last close, from an instrument's first bar on.</summary>
    [ConfigurationKeyName("fill")]
    public BarFill Fill { get; set; } = BarFill.None;

    /// <summary>The longest row of flat bars, in bars: of a longer gap nothing is filled, so that a wrong time cannot make millions.</summary>
    [ConfigurationKeyName("fill_most")]
    [Range(1, 1 << 24)]
    public int FillMost { get; set; } = 100_000;

    /// <summary>Trades of a tick bar; 0: there are none.</summary>
    [ConfigurationKeyName("tick")]
    [Range(0, 1 << 30)]
    public int Tick { get; set; }

    /// <summary>Size, in the instrument's units, that closes a volume bar; 0: there are none.</summary>
    [ConfigurationKeyName("volume")]
    [Range(0.0, 1e15)]
    public double Volume { get; set; }

    /// <summary>Sum of price times size that closes a dollar bar, in the instrument's currency; 0: there are none.</summary>
    [ConfigurationKeyName("dollar")]
    [Range(0.0, 1e18)]
    public double Dollar { get; set; }

    /// <summary>Distance of high and low that closes a range bar, in price; 0: there are none.</summary>
    [ConfigurationKeyName("range")]
    [Range(0.0, 1e12)]
    public double PriceRange { get; set; }

    /// <summary>Brick of the Renko bars, in price; 0: there are none. One that is tiny beside the moves of the price makes up to 10,000 bars a trade.</summary>
    [ConfigurationKeyName("renko")]
    [Range(0.0, 1e12)]
    public double Renko { get; set; }

    /// <summary>Trades of the first imbalance bar, and the length that is expected of the others; 0: there are none.</summary>
    [ConfigurationKeyName("imbalance_t0")]
    [Range(0, 1 << 30)]
    public int ImbalanceTrades { get; set; }

    /// <summary>Span, in trades, of the moving averages that tell which imbalance is expected.</summary>
    [ConfigurationKeyName("imbalance_span")]
    [Range(1, 1 << 30)]
    public int ImbalanceSpan { get; set; } = 1000;

    /// <summary>Calendar of the daily and weekly bars: utc, us_equities, us_equities_extended or fx.</summary>
    [ConfigurationKeyName("calendar")]
    public CalendarName Calendar { get; set; } = CalendarName.Utc;
}
