namespace LowLatency.EndToEnd.Tests.Hosting;

/// <summary>Where the executable and the page were built, in the configuration of the tests themselves.</summary>
internal static class HostBuild
{
    private static readonly string Folder = FindFolder();

    public static string Executable => Path.Combine(Folder, "lowlatency.dll");

    public static string Dashboard => Path.Combine(Folder, "dashboard");

    public static bool HasDashboard => File.Exists(Path.Combine(Dashboard, "index.html"));

    private static string FindFolder()
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        string configuration = framework.Parent!.Name;
        for (DirectoryInfo? folder = framework; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LowLatency.sln")))
                return Path.Combine(folder.FullName, "src", "LowLatency.Host", "bin", configuration, framework.Name);
        }

        throw new DirectoryNotFoundException($"no LowLatency.sln above {AppContext.BaseDirectory}: the tests run from the repository");
    }
}
