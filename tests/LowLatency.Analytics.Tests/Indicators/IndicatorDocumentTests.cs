using LowLatency.Analytics.Indicators;

namespace LowLatency.Analytics.Tests.Indicators;

public sealed class IndicatorDocumentTests
{
    [Fact]
    public void Should_Tell_Every_Indicator_With_Its_Parameters_And_Outputs()
    {
        string[] lines = File.ReadAllLines(Find("docs/indicators.md"));
        string[] rows = [.. lines.Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => string.Join('|', l.Split('|').Take(3)).Trim())];
        Assert.Equal(IndicatorRegistry.Definitions.Select(RowOf), rows);
        Assert.All(IndicatorRegistry.Aliases.Keys, alias => Assert.Contains(lines, line => line.Contains($"`{alias}`", StringComparison.Ordinal)));
    }

    private static string RowOf(IndicatorDefinition definition)
    {
        string parameters = string.Join(", ", definition.Parameters.Select(p => $"{p.Name} {p.Default}").Concat(definition.Options.Select(o => $"{o.Name}={string.Join('/', o.Choices)}")));
        return $"| `{definition.Name}{(parameters.Length == 0 ? "" : $"({parameters})")}` | {string.Join(", ", definition.Outputs)}";
    }

    private static string Find(string path)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, path);
            if (File.Exists(candidate)) return candidate;
        }

        throw new FileNotFoundException(path);
    }
}
