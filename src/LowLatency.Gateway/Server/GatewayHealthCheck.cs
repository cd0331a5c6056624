using LowLatency.Gateway.Fanout;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LowLatency.Gateway.Server;

/// <summary>Whether clients get what is published.</summary>
/// <param name="runtime">The gateway.</param>
internal sealed class GatewayHealthCheck(GatewayRuntime runtime) : IHealthCheck
{
    private const long RecentNs = 60_000_000_000;

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        FanoutCounters counters = runtime.Fanout.Counters;
        bool alive = !runtime.Runner.Completion.IsCompleted;
        var data = new Dictionary<string, object>
        {
            ["clients"] = counters.Clients,
            ["records"] = counters.Records,
            ["lapped"] = counters.Laps,
            ["dropped"] = counters.Dropped,
            ["conflated"] = counters.Conflated,
            ["closed_slow"] = counters.SlowCloses,
            ["unrouted"] = counters.Unrouted,
            ["repeated"] = counters.Repeated,
            ["mistakes"] = counters.Mistakes,
            ["fanout_alive"] = alive,
        };
        if (!alive) return Task.FromResult(HealthCheckResult.Unhealthy("the fanout thread has ended; restart the process", runtime.Runner.Completion.Exception, data));
        bool lapped = counters.Laps != 0 && runtime.Clock.MonotonicNs() - counters.LastLapNs < RecentNs;
        return Task.FromResult(lapped
            ? HealthCheckResult.Degraded("the fanout fell a whole ring behind the engine within the last minute", null, data)
            : HealthCheckResult.Healthy("clients get what is published", data));
    }
}
