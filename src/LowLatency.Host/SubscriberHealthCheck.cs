using LowLatency.Publishing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LowLatency.Host;

/// <summary>Whether the engine of another process is heard.</summary>
/// <param name="subscriber">Who hears it.</param>
internal sealed class SubscriberHealthCheck(StreamSubscriber subscriber) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object>
        {
            ["phase"] = subscriber.Phase.ToString(),
            ["engine"] = subscriber.EngineState.ToString(),
            ["records"] = subscriber.Records,
            ["missed"] = subscriber.Missed,
            ["caught_up"] = subscriber.CaughtUp,
            ["snapshots"] = subscriber.Snapshots,
            ["malformed"] = subscriber.Malformed,
            ["unknown_instruments"] = subscriber.Unknown,
        };
        return Task.FromResult(subscriber.Phase == SubscriberPhase.Live
            ? HealthCheckResult.Healthy("the engine is heard over Aeron", data)
            : HealthCheckResult.Unhealthy("the engine is not heard over Aeron", null, data));
    }
}
