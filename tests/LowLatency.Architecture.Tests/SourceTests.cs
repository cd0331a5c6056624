namespace LowLatency.Architecture.Tests;

/// <summary>Rules of the source tree that no analyzer holds.</summary>
public sealed class SourceTests
{
    private const int MostLines = 400;

    private static readonly string[] EmptyWords = ["Common", "Utils", "Util", "Helpers", "Helper", "Manager", "Managers"];

    private static readonly string[] CodeExtensions = [".cs", ".ts", ".css", ".html", ".js", ".mjs", ".c", ".h"];

    // Longer files, each with its reason.
    private static readonly Dictionary<string, string> Long = new(StringComparer.Ordinal);

    [Fact]
    public void Should_Name_Files_And_Folders_By_What_They_Do()
    {
        string[] parts = [.. Repository.SourceFiles.SelectMany(path => Repository.RelativeToSource(path).Split('/')).Distinct()];
        Assert.DoesNotContain(parts, IsEmpty);
    }

    [Fact]
    public void Should_Keep_Files_Short()
    {
        IEnumerable<string> tooLong =
            from path in Repository.SourceFiles
            where CodeExtensions.Contains(Path.GetExtension(path))
            let name = Repository.RelativeToSource(path)
            let lines = File.ReadLines(path).Count()
            where lines > MostLines && !Long.ContainsKey(name)
            select $"{name}: {lines} lines; split it, or name it here with the reason.";
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Should_Excuse_Only_Files_That_Are_There_And_Long() =>
        Assert.All(Long.Keys, name => Assert.True(File.ReadLines(Path.Combine(Repository.Source, name)).Count() > MostLines, $"{name} needs no excuse."));

    /// <summary>Whether a word of the name says nothing: OrderManager.cs, LowLatency.Common.</summary>
    private static bool IsEmpty(string name) => name.Split('.').Any(word => EmptyWords.Any(empty => word.EndsWith(empty, StringComparison.Ordinal)));
}
