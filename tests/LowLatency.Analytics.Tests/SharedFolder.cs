namespace LowLatency.Analytics.Tests;

/// <summary>Finds the folder of reference data that may lie beside the repository.</summary>
internal static class SharedFolder
{
    public static string? Find(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", name);
            if (Directory.Exists(candidate)) return candidate;
        }

        return null;
    }
}
