using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Analytics.Normalization;

/// <summary>How ticks are checked before anything is computed from them (settings group <c>normalization</c>).</summary>
public sealed class NormalizationSettings
{
    /// <summary>How many distinct trade ids, and how many sequence numbers, are remembered for each instrument and source to find duplicates.</summary>
    [ConfigurationKeyName("dedupe_ids")]
    [Range(1, 1 << 20)]
    public int DedupeIds { get; set; } = 4096;

    /// <summary>How far an event may lie ahead of the time at which it was received, in nanoseconds, before it is rejected.</summary>
    [ConfigurationKeyName("future_limit_ns")]
    [Range(0.0, 1e18)]
    public long FutureLimitNs { get; set; } = 3_600_000_000_000;

    /// <summary>Over how many accepted trades the median is taken that a trade's price is held against.</summary>
    [ConfigurationKeyName("outlier_window")]
    [Range(1, 1024)]
    public int OutlierWindow { get; set; } = 15;

    /// <summary>A trade is suspect when |ln(price / median)| is above this.</summary>
    [ConfigurationKeyName("outlier_log_return")]
    [Range(1e-6, 100)]
    public double OutlierLogReturn { get; set; } = 0.10;

    /// <summary>A later trade confirms a suspect one when |ln| of the ratio of their prices is at most this.</summary>
    [ConfigurationKeyName("confirm_log_return")]
    [Range(0.0, 100)]
    public double ConfirmLogReturn { get; set; } = 0.01;

    /// <summary>A suspect trade is given up when this many trades have been accepted since.</summary>
    [ConfigurationKeyName("suspect_expiry_trades")]
    [Range(1, 1 << 20)]
    public int SuspectExpiryTrades { get; set; } = 15;

    /// <summary>How many suspect trades an instrument can have; beyond it the oldest is given up.</summary>
    [ConfigurationKeyName("max_suspects")]
    [Range(1, 1024)]
    public int MaxSuspects { get; set; } = 16;

    /// <summary>How many of an instrument's last accepted trades a cancel or a correction can still name; it takes 45 bytes for each once a trade has had an id.</summary>
    [ConfigurationKeyName("correctable_trades")]
    [Range(1, 1 << 22)]
    public int CorrectableTrades { get; set; } = 4096;

    /// <summary>Whether the quotes of an instrument that several sources quote are consolidated: the best of them is published, and derives aggressors.</summary>
    [ConfigurationKeyName("consolidate_quotes")]
    public bool ConsolidateQuotes { get; set; } = true;
}
