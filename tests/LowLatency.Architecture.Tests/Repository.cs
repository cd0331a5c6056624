namespace LowLatency.Architecture.Tests;

/// <summary>The source tree that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Source { get; } = Path.Combine(Root, "src");

    /// <summary>The project files of src, one a room.</summary>
    public static IEnumerable<string> Projects => Directory.EnumerateFiles(Source, "*.csproj", SearchOption.AllDirectories).Where(IsOurs).Order(StringComparer.Ordinal);

    /// <summary>Files of src that people write: not what builds and package managers leave there.</summary>
    public static IEnumerable<string> SourceFiles => Directory.EnumerateFiles(Source, "*", SearchOption.AllDirectories).Where(IsOurs);

    public static string RelativeToSource(string path) => Path.GetRelativePath(Source, path).Replace('\\', '/');

    private static bool IsOurs(string path) => !RelativeToSource(path).Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "dist");

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LowLatency.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds LowLatency.sln; run the tests from the source tree.");
    }
}
