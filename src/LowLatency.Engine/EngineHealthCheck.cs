using LowLatency.Core.Clocks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LowLatency.Engine;

/// <summary>Whether the engine runs, and what it has done so far.</summary>
/// <param name="engine">The engine.</param>
/// <param name="clock">Its clock.</param>
internal sealed class EngineHealthCheck(MarketEngine engine, IClock clock) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object>
        {
            ["state"] = engine.State.ToString(),
            ["input_records"] = engine.Taken,
            ["published_records"] = engine.Published,
            ["instruments"] = engine.Streams.Instruments.Count,
            ["rejected"] = engine.Normalization.RejectedTotal,
            ["duplicates"] = engine.Normalization.Duplicates,
            ["late"] = engine.Normalization.Late,
            ["stage_failures"] = engine.StageFailures,
            ["placement_refusals"] = engine.Placed.IsCompletedSuccessfully ? engine.Placed.Result.Count : 0,
        };
        if (clock is ICalibratedClock calibrated)
        {
            ClockStatus status = calibrated.Status;
            data["clock_calibrations"] = status.Calibrations;
            data["clock_rejected"] = status.Rejected;
            data["clock_steps"] = status.EpochSteps + status.MonotonicSteps;
            data["clock_restarts"] = status.Restarts;
        }

        HealthCheckResult result = engine.State switch
        {
            EngineState.Running when engine.StageFailures > 0 => HealthCheckResult.Degraded($"A stage has failed: {engine.LastStageFailure?.Message}", null, data),
            EngineState.Running => HealthCheckResult.Healthy(null, data),
            EngineState.Failed => HealthCheckResult.Unhealthy("A thread of the engine has failed.", engine.Failure, data),
            _ => HealthCheckResult.Unhealthy("The engine does not run.", null, data),
        };
        return Task.FromResult(result);
    }
}
