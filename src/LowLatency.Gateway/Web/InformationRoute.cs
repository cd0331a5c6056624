using System.Buffers;
using System.Text.Json;
using LowLatency.Gateway.Json;
using LowLatency.Gateway.Schema;
using LowLatency.Gateway.Server;
using LowLatency.Market.Streams;
using Microsoft.AspNetCore.Http;

namespace LowLatency.Gateway.Web;

/// <summary>What there is to subscribe, and how records are laid out.</summary>
/// <param name="runtime">The gateway.</param>
internal sealed class InformationRoute(GatewayRuntime runtime)
{
    /// <summary>/v1/instruments.</summary>
    public async Task InstrumentsAsync(HttpContext context)
    {
        PublishedStreams streams = runtime.Streams;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonStrings.Writer))
        {
            json.WriteStartObject();
            json.WriteStartArray("instruments"u8);
            int count = streams.Instruments.Count;
            for (uint id = 0; id < count; id++)
            {
                json.WriteStartObject();
                json.WriteNumber("id"u8, id);
                json.WriteString("S"u8, streams.Instruments.Symbol(id));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("channels"u8);
            foreach (Channel channel in streams.Channels.Channels) json.WriteStringValue(channel.Name);
            json.WriteEndArray();
            json.WriteNumber("epoch"u8, streams.Epoch);
            json.WriteEndObject();
        }

        await SendAsync(context, "application/json", buffer.WrittenMemory);
    }

    /// <summary>/v1/schema, ?format=sbe for XML.</summary>
    public Task SchemaAsync(HttpContext context)
    {
        string? format = context.Request.Query["format"];
        if (format is null or "numpy") return SendAsync(context, "application/json", SchemaWriter.NumPy(runtime.Streams));
        if (format == "sbe") return SendAsync(context, "application/xml; charset=utf-8", System.Text.Encoding.UTF8.GetBytes(SchemaWriter.SbeXml()));
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return SendAsync(context, "text/plain; charset=utf-8", "format is numpy or sbe.\n"u8.ToArray());
    }

    private static async Task SendAsync(HttpContext context, string type, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentType = type;
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
