namespace LowLatency.Tests;

/// <summary>Finds the folder of reference data that may lie beside the repository.</summary>
internal static class SharedFolder
{
    /// <summary>A file or folder in it; null where there is none.</summary>
    /// <param name="path">Its path in the folder.</param>
    public static string? Find(string path)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", path);
            if (Path.Exists(candidate)) return candidate;
        }

        return null;
    }
}
