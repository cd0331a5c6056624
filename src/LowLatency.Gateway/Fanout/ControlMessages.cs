using System.Buffers;
using System.Text.Json;
using LowLatency.Gateway.Json;
using LowLatency.Gateway.Protocol;

namespace LowLatency.Gateway.Fanout;

/// <summary>Answers and the other messages that are rare enough to be written with comfort.</summary>
internal static class ControlMessages
{
    /// <summary>The first message of a connection.</summary>
    public static byte[] Connected(FanoutClient client, uint epoch, int heartbeatMs, long nowNs) => Write(json =>
    {
        json.WriteString("T"u8, "success"u8);
        json.WriteString("msg"u8, "connected"u8);
        json.WriteString("sid"u8, client.Session);
        json.WriteNumber("ep"u8, epoch);
        json.WriteNumber("hb"u8, heartbeatMs);
        WriteTime(json, client.Unit, nowNs);
    });

    /// <summary>An answer without content of its own.</summary>
    public static byte[] Answer(string type, byte[]? id, string? text, TimeUnit unit, long nowNs) => Write(json =>
    {
        json.WriteString("T"u8, type);
        WriteId(json, id);
        if (text is not null) json.WriteString("msg"u8, text);
        WriteTime(json, unit, nowNs);
    });

    /// <summary>What was subscribed or unsubscribed, and what was not.</summary>
    public static byte[] Acknowledge(string type, byte[]? id, IReadOnlyList<StreamState> streams, IReadOnlyList<Rejection> rejections) => Write(json =>
    {
        json.WriteString("T"u8, type);
        WriteId(json, id);
        json.WriteStartArray("streams"u8);
        foreach (StreamState stream in streams)
        {
            json.WriteStartObject();
            json.WriteString("ch"u8, stream.Channel.Name);
            json.WriteString("S"u8, stream.Symbol);
            json.WriteNumber("q"u8, stream.LastQ);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rejected"u8);
        foreach (Rejection rejection in rejections)
        {
            json.WriteStartObject();
            json.WriteString("ch"u8, rejection.Channel);
            json.WriteString("S"u8, rejection.Symbol);
            json.WriteNumber("code"u8, rejection.Code);
            json.WriteString("msg"u8, rejection.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>What was wrong with a request.</summary>
    public static byte[] Error(byte[]? id, int code, string text) => Write(json =>
    {
        json.WriteString("T"u8, "error"u8);
        WriteId(json, id);
        json.WriteNumber("code"u8, code);
        json.WriteString("msg"u8, text);
    });

    /// <summary>The last message of a client that is closed as slow: where each of its streams stands when it has read everything before.</summary>
    public static byte[] ResumeToken(FanoutClient client, string text, uint epoch) => Write(json =>
    {
        json.WriteString("T"u8, "error"u8);
        json.WriteNumber("code"u8, ErrorCode.Slow);
        json.WriteString("msg"u8, text);
        json.WriteStartObject("resume"u8);
        json.WriteString("sid"u8, client.Session);
        json.WriteNumber("ep"u8, epoch);
        json.WriteStartObject("last"u8);
        foreach (Subscription subscription in client.Subscriptions.Values)
            json.WriteNumber($"{subscription.Stream.Channel.Name}:{subscription.Stream.Symbol}", subscription.LastQ);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void WriteId(Utf8JsonWriter json, byte[]? id)
    {
        if (id is null) return;
        json.WritePropertyName("id"u8);
        json.WriteRawValue(id);
    }

    private static void WriteTime(Utf8JsonWriter json, TimeUnit unit, long nowNs)
    {
        if (unit == TimeUnit.Microseconds) json.WriteNumber("ts"u8, nowNs / 1000);
        else json.WriteString("ts"u8, nowNs.ToString());
    }

    private static byte[] Write(Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonStrings.Writer))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
