using System.Text.Encodings.Web;
using System.Text.Json;

namespace LowLatency.Gateway.Json;

/// <summary>How texts become JSON strings: only what JSON itself demands is escaped, as the texts never become HTML.</summary>
internal static class JsonStrings
{
    /// <summary>For the serialiser.</summary>
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For the writer.</summary>
    public static readonly JsonWriterOptions Writer = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A text as a quoted JSON string.</summary>
    /// <param name="text">The text.</param>
    public static byte[] Quote(string text) => JsonSerializer.SerializeToUtf8Bytes(text, Options);
}
