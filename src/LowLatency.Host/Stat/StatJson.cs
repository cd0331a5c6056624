using System.Text.Json;
using LowLatency.Market.Settings;

namespace LowLatency.Host.Stat;

/// <summary>Samples as one JSON object in a line.</summary>
internal static class StatJson
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static string Write(IEnumerable<SourceSample> samples, long nowMs) => JsonSerializer.Serialize(
        new
        {
            TimeMs = nowMs,
            Sources = samples.Select(sample => new
            {
                sample.Path,
                Format = SettingsBinder.SnakeCase(sample.Format.ToString()),
                sample.Role,
                sample.ProcessId,
                State = SettingsBinder.SnakeCase(sample.State.ToString()),
                sample.StartMs,
                sample.HeartbeatMs,
                Counters = sample.Errors is null ? sample.Counters.Select(c => new { c.Id, Type = c.TypeId, c.Label, c.Value, PerSecond = sample.PerSecond(c) }) : null,
                Errors = sample.Errors?.Select(e => new { e.Observations, e.FirstMs, e.LastMs, e.Text }),
            }),
        },
        Names);
}
