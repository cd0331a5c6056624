using LowLatency.Publishing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LowLatency.Host;

/// <summary>Whether the engine of another process is heard.</summary>
/// <param name="subscriber">Who hears it.</param>
/// <param name="settings">How often the engine says how it is.</param>
internal sealed class SubscriberHealthCheck(StreamSubscriber subscriber, PublishingSettings settings) : IHealthCheck
{
    private const int StatusesMissed = 3;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object>
        {
            ["phase"] = subscriber.Phase.ToString(),
            ["engine"] = IsSilent ? "unknown" : subscriber.EngineState.ToString(),
            ["silence_ms"] = subscriber.SilenceNs / 1_000_000,
            ["records"] = subscriber.Records,
            ["missed"] = subscriber.Missed,
            ["caught_up"] = subscriber.CaughtUp,
            ["snapshots"] = subscriber.Snapshots,
            ["malformed"] = subscriber.Malformed,
            ["unknown_instruments"] = subscriber.Unknown,
        };
        if (IsSilent && subscriber.Phase == SubscriberPhase.Live) return Task.FromResult(HealthCheckResult.Unhealthy("the engine says nothing any more", null, data));
        return Task.FromResult(subscriber.Phase == SubscriberPhase.Live
            ? HealthCheckResult.Healthy("the engine is heard over Aeron", data)
            : HealthCheckResult.Unhealthy("the engine is not heard over Aeron", null, data));
    }

    private bool IsSilent => subscriber.Phase != SubscriberPhase.Live || subscriber.SilenceNs > StatusesMissed * settings.StatusIntervalMs * 1_000_000L;
}
