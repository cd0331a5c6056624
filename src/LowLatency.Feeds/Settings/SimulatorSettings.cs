using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Feeds.Settings;

/// <summary>The simulator: the section LowLatency:feed:simulator.</summary>
public sealed class SimulatorSettings
{
    /// <summary>The same seed, start and instruments give the same ticks.</summary>
    [ConfigurationKeyName("seed")]
    [Range(0L, long.MaxValue)]
    public long Seed { get; set; } = 1;

    /// <summary>Mean rate over all instruments, trades and quotes together.</summary>
    [ConfigurationKeyName("ticks_per_second")]
    [Range(0.01, 10_000_000)]
    public double TicksPerSecond { get; set; } = 2000;

    /// <summary>Live: ticks are published when they are due. Max: as fast as the ring takes them.</summary>
    [ConfigurationKeyName("speed")]
    public SimulatorSpeed Speed { get; set; } = SimulatorSpeed.Live;

    /// <summary>Time of the first tick, in nanoseconds since 1970-01-01T00:00:00Z; 0: now.</summary>
    [ConfigurationKeyName("start_ns")]
    [Range(0L, long.MaxValue)]
    public long StartNs { get; set; }

    /// <summary>How many ticks in all; 0: no end.</summary>
    [ConfigurationKeyName("limit")]
    [Range(0L, long.MaxValue)]
    public long Limit { get; set; }

    /// <summary>
    /// The instruments, each as its symbol and some of price=, tick=, lot=, volatility= (a year's, as a fraction) and weight= (its share of the
    /// rate): "ALFA price=182.5 tick=0.01 lot=100 volatility=0.28 weight=1".
    /// </summary>
    [ConfigurationKeyName("instruments")]
    public string[] Instruments { get; set; } =
    [
        "ALFA price=182.50 tick=0.01 lot=100 volatility=0.28 weight=1",
        "BRVO price=47.20 tick=0.01 lot=100 volatility=0.45 weight=1",
        "COIN-USD price=61250 tick=0.1 lot=0.001 volatility=0.65 weight=1.5",
        "EURUSD price=1.0850 tick=0.00001 lot=1000 volatility=0.08 weight=1",
    ];
}
