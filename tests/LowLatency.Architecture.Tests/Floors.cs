namespace LowLatency.Architecture.Tests;

/// <summary>Which room may use which: the table of the design.</summary>
internal static class Floors
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Host"] = ["Gateway", "Publishing", "Engine", "Feeds", "Analytics", "Storage", "Market", "Aeron", "Core"],
        ["Gateway"] = ["Publishing", "Market", "Analytics", "Storage", "Aeron", "Core"],
        ["Engine"] = ["Publishing", "Market", "Feeds", "Analytics", "Storage", "Aeron", "Core"],
        ["Feeds"] = ["Market", "Core"],
        ["Analytics"] = ["Market", "Core"],
        ["Storage"] = ["Market", "Core"],
        ["Publishing"] = ["Storage", "Market", "Aeron", "Core"],
        ["Market"] = ["Core"],
        ["Aeron"] = ["Core"],
        ["Core"] = [],
    };

    /// <summary>What a room may refer to, by project name; null when the design knows no such room.</summary>
    public static string[]? AllowedFor(string project) =>
        project.StartsWith("LowLatency.", StringComparison.Ordinal) && Allowed.TryGetValue(project["LowLatency.".Length..], out string[]? rooms)
            ? [.. rooms.Select(room => $"LowLatency.{room}")]
            : null;
}
