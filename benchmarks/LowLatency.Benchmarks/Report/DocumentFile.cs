using System.Text.Json;
using LowLatency.Benchmarks.Lab;
using LowLatency.Benchmarks.Report.Document;

namespace LowLatency.Benchmarks.Report;

/// <summary>Results as a file of JSON.</summary>
public static class DocumentFile
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Writes results.</summary>
    /// <param name="path">The file; it is replaced.</param>
    /// <param name="document">The results.</param>
    public static void Write(string path, LabDocument document) => File.WriteAllText(path, JsonSerializer.Serialize(document, Options));

    /// <summary>Reads results.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="LabException">It is not such a file, or of another version.</exception>
    public static LabDocument Read(string path)
    {
        try
        {
            string text = File.ReadAllText(path);
            using (JsonDocument any = JsonDocument.Parse(text))
            {
                int version = any.RootElement.ValueKind == JsonValueKind.Object && any.RootElement.TryGetProperty("schema_version", out JsonElement found) ? found.GetInt32() : 1;
                if (version != LabDocument.Version)
                    throw new LabException($"{path} has results of schema version {version}, and this program compares version {LabDocument.Version} only: measure the older commit again with --json.");
            }

            return JsonSerializer.Deserialize<LabDocument>(text, Options)!;
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException or FormatException)
        {
            throw new LabException($"{path} cannot be read as results of the benchmarks ({failure.Message}); give a file that --json wrote.", failure);
        }
    }
}
