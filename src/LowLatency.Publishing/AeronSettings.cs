using System.ComponentModel.DataAnnotations;
using LowLatency.Core.Agents;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Publishing;

/// <summary>The Aeron driver, and where to find it (settings group <c>aeron</c>).</summary>
public sealed class AeronSettings
{
    /// <summary>
    /// The driver's folder, as for <c>aeronmd</c> and all clients. Empty: lowlatency-USER-aeron in /dev/shm, or where that is missing or too small in the folder of temporary files;
    /// an engine that finds another one's driver there takes lowlatency-USER-aeron-PID, and says so.
    /// </summary>
    [ConfigurationKeyName("dir")]
    public string Dir { get; set; } = "";

    /// <summary>Which driver is used: auto (the folder's if one lives there, else one in this process), embedded or external.</summary>
    [ConfigurationKeyName("driver")]
    public DriverChoice Driver { get; set; } = DriverChoice.Auto;

    /// <summary>How long a driver may be silent before its clients give it up, in milliseconds; also how long an answer of it may take.</summary>
    [ConfigurationKeyName("driver_timeout_ms")]
    [Range(1000, 600_000)]
    public int DriverTimeoutMs { get; set; } = 10_000;

    /// <summary>How long a client of the embedded driver may be silent before it is given up, in milliseconds.</summary>
    [ConfigurationKeyName("client_liveness_timeout_ms")]
    [Range(1000, 600_000)]
    public int ClientLivenessTimeoutMs { get; set; } = 10_000;

    /// <summary>What the thread of driver and publisher does without work: back_off, yielding, busy_spin or blocking.</summary>
    [ConfigurationKeyName("idle")]
    public IdleStrategyKind Idle { get; set; } = IdleStrategyKind.BackOff;

    /// <summary>The longest sleep of that thread under back_off and blocking, in milliseconds: how late an idle driver sees a new client.</summary>
    [ConfigurationKeyName("park_ms")]
    [Range(1, 1000)]
    public int ParkMs { get; set; } = 5;
}
