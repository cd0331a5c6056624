using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Publishing.Tests;

/// <summary>The programs of docs/publishing.md, as they are written there.</summary>
internal static class PublishingDocument
{
    // A program is what lies between two lines of a file.
    private const string Begin = "// docs/publishing.md: begin";
    private const string End = "// docs/publishing.md: end";

    /// <summary>The blocks of a language, whole.</summary>
    /// <param name="language">As behind the block's fence.</param>
    public static List<string> Blocks(string language)
    {
        var blocks = new List<string>();
        List<string>? lines = null;
        foreach (string line in File.ReadLines(Find("docs/publishing.md")))
        {
            if (lines is null && line == $"```{language}")
            {
                lines = [];
            }
            else if (lines is not null && line == "```")
            {
                blocks.Add(string.Join('\n', lines));
                lines = null;
            }
            else
            {
                lines?.Add(line);
            }
        }

        return blocks;
    }

    /// <summary>What a file of the tests holds between its marks.</summary>
    /// <param name="source">The file's name.</param>
    public static string ProgramOf(string source)
    {
        string[] lines = [.. File.ReadLines(Find($"tests/LowLatency.Publishing.Tests/{source}"))];
        int begin = Array.FindIndex(lines, l => l.Trim() == Begin) + 1;
        int end = Array.FindIndex(lines, l => l.Trim() == End);
        Assert.True(begin > 0 && end > begin, $"{source} has no program between its marks.");
        return string.Join('\n', lines[begin..end]);
    }

    /// <summary>The rows of its tables.</summary>
    public static IEnumerable<string> Rows() => File.ReadLines(Find("docs/publishing.md")).Where(l => l.StartsWith("| ", StringComparison.Ordinal));

    /// <summary>The settings of a group and their defaults, as the document says them.</summary>
    /// <param name="group">The group.</param>
    public static IEnumerable<string> SettingsOf(string group) =>
        from row in Rows()
        let cells = row.Split('|', StringSplitOptions.TrimEntries)
        where cells[1].StartsWith($"`{group}.", StringComparison.Ordinal)
        select $"{cells[1].Trim('`')} {cells[2]}";

    /// <summary>The settings of a group and their defaults, as they are.</summary>
    /// <param name="group">The group.</param>
    /// <param name="settings">The group as it is when nothing is said.</param>
    public static IEnumerable<string> DefaultsOf(string group, object settings) =>
        from property in settings.GetType().GetProperties()
        let name = property.GetCustomAttribute<ConfigurationKeyNameAttribute>()!.Name
        select $"{group}.{name} {Text(property.GetValue(settings))}";

    private static string Text(object? value) => value switch
    {
        "" => "empty",
        Enum kind => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{kind}"),
        // As the documents write numbers.
        int number => number.ToString(number < 10_000 ? "0" : "#,0", CultureInfo.InvariantCulture),
        _ => $"{value}",
    };

    private static string Find(string path)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, path);
            if (File.Exists(candidate)) return candidate;
        }

        throw new FileNotFoundException($"{path} is not above {AppContext.BaseDirectory}.");
    }
}
