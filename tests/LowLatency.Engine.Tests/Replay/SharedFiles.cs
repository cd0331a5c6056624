namespace LowLatency.Engine.Tests.Replay;

/// <summary>Finds reference data that may lie beside the repository; a test whose data is absent is skipped by name.</summary>
internal static class SharedFiles
{
    public static string Find(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", name);
            if (Path.Exists(candidate)) return candidate;
        }

        Assert.Skip($"There is no shared/{name} beside the repository.");
        return name;
    }
}
