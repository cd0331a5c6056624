using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Analytics.Reversals;

/// <summary>Version 2 of the reversals (settings group <c>reversals.v2</c>).</summary>
public sealed class MomentumSettings
{
    /// <summary>For how many trades after a spike's end a signal is waited for.</summary>
    [ConfigurationKeyName("trades")]
    [Range(1, 1_000_000)]
    public int Trades { get; set; } = 200;

    /// <summary>How much of the spike's displacement has to be retraced, as a part of it (0.2: a fifth).</summary>
    [ConfigurationKeyName("retrace")]
    [Range(0.0, 10)]
    public double Retrace { get; set; } = 0.2;

    /// <summary>Length n of the average of prices that the momentum is taken from, in trades.</summary>
    [ConfigurationKeyName("momentum_ema")]
    [Range(1, 100_000)]
    public int MomentumEma { get; set; } = 10;

    /// <summary>Momentum is the average less what it was this many trades earlier.</summary>
    [ConfigurationKeyName("momentum_lag")]
    [Range(1, 100_000)]
    public int MomentumLag { get; set; } = 10;

    internal MomentumSettings Copy() => (MomentumSettings)MemberwiseClone();
}
