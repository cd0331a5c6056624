using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Analytics.Reversals;

/// <summary>When a reversal is signalled (settings group <c>reversals</c>). A class of instruments may differ in single ones.</summary>
public sealed class ReversalSettings
{
    /// <summary>Length n of the fast average of closes, in bars: the low trend of version 3, and version 4.</summary>
    [ConfigurationKeyName("ema_fast")]
    [Range(1, 10_000)]
    public int EmaFast { get; set; } = 9;

    /// <summary>Length n of the slow average of closes, in bars: the high trend of version 3, and version 4.</summary>
    [ConfigurationKeyName("ema_slow")]
    [Range(1, 10_000)]
    public int EmaSlow { get; set; } = 21;

    /// <summary>Over how many bars before it a bar's volume is compared, for versions 3 and 4.</summary>
    [ConfigurationKeyName("volume_sma")]
    [Range(1, 10_000)]
    public int VolumeSma { get; set; } = 20;

    /// <summary>How far beyond the extreme a signal is proved wrong, as a part of the distance from the reference price to the extreme.</summary>
    [ConfigurationKeyName("invalidation")]
    [Range(0.0, 10)]
    public double Invalidation { get; set; } = 0.1;

    /// <summary>Version 2: price and intensity with momentum confirmation.</summary>
    [ConfigurationKeyName("v2")]
    public MomentumSettings V2 { get; set; } = new();

    /// <summary>Version 3: intensity, trends of two timeframes, volume gate.</summary>
    [ConfigurationKeyName("v3")]
    public TrendSettings V3 { get; set; } = new();

    /// <summary>Version 4: moving-average cross with choppy-market filter and volume spike.</summary>
    [ConfigurationKeyName("v4")]
    public CrossSettings V4 { get; set; } = new();

    /// <summary>A copy that later changes of these settings do not touch.</summary>
    public ReversalSettings Copy()
    {
        var copy = (ReversalSettings)MemberwiseClone();
        copy.V2 = V2.Copy();
        copy.V3 = V3.Copy();
        copy.V4 = V4.Copy();
        return copy;
    }
}
