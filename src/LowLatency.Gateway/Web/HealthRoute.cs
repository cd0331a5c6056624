using System.Buffers;
using System.Text.Json;
using LowLatency.Gateway.Json;
using LowLatency.Gateway.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LowLatency.Gateway.Web;

/// <summary>/health: how each part of the process is.</summary>
/// <param name="runtime">The gateway.</param>
internal sealed class HealthRoute(GatewayRuntime runtime)
{
    /// <summary>Answers 200 when healthy or degraded, 503 when unhealthy.</summary>
    public async Task HealthAsync(HttpContext context)
    {
        HealthReport report = await context.RequestServices.GetRequiredService<HealthCheckService>().CheckHealthAsync(context.RequestAborted);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonStrings.Writer))
        {
            json.WriteStartObject();
            json.WriteString("status"u8, Name(report.Status));
            json.WriteNumber("epoch"u8, runtime.Streams.Epoch);
            json.WriteStartObject("components"u8);
            foreach ((string name, HealthReportEntry entry) in report.Entries) WriteEntry(json, name, entry);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        context.Response.StatusCode = report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentLength = buffer.WrittenCount;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }

    private static void WriteEntry(Utf8JsonWriter json, string name, HealthReportEntry entry)
    {
        json.WriteStartObject(name);
        json.WriteString("status"u8, Name(entry.Status));
        if (entry.Description is not null) json.WriteString("description"u8, entry.Description);
        if (entry.Exception is not null) json.WriteString("error"u8, entry.Exception.Message);
        foreach ((string key, object value) in entry.Data)
        {
            json.WritePropertyName(key);
            WriteValue(json, value);
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int or long or uint or short or byte:
                json.WriteNumberValue(Convert.ToInt64(value));
                break;
            case ulong number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }

    private static string Name(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}
