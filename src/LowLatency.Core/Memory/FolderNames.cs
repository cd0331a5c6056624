using LowLatency.Core.Native;

namespace LowLatency.Core.Memory;

/// <summary>The names of a folder's files, which are on disk by themselves: a file that was synced can be lost with its name.</summary>
public static class FolderNames
{
    /// <summary>Waits until the names made, changed and removed so far in a folder are on disk. Where the system has no such call (Windows) it does nothing: there names go with their files.</summary>
    /// <param name="folder">The folder's path.</param>
    /// <exception cref="IOException">They could not be written, or there is no such folder.</exception>
    public static void Flush(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (OperatingSystem.IsLinux()) DiskCalls.SyncFolder(folder);
    }
}
