using LowLatency.Core.Counters;

namespace LowLatency.Publishing;

/// <summary>The folders of drivers that were made beside the default one, and what becomes of them when their process is killed.</summary>
internal static class DriverFolders
{
    // A process that was halted for some seconds, or is in another name space, looks dead from here.
    private const long CertainlyDeadMs = 60_000;

    /// <summary>Deletes folders beside the default one whose driver died a minute ago or longer. What cannot be deleted stays.</summary>
    /// <param name="defaultFolder">The default one.</param>
    /// <param name="nowMs">The time, in milliseconds since 1970.</param>
    /// <returns>How many were deleted.</returns>
    public static int RemoveAbandoned(string defaultFolder, long nowMs)
    {
        int removed = 0;
        try
        {
            foreach (string folder in Directory.EnumerateDirectories(Path.GetDirectoryName(defaultFolder)!, $"{Path.GetFileName(defaultFolder)}-*"))
            {
                if (!IsAbandoned(Path.Combine(folder, "cnc.dat"), nowMs)) continue;
                Directory.Delete(folder, recursive: true);
                removed++;
            }
        }
        catch (Exception thrown) when (thrown is IOException or UnauthorizedAccessException)
        {
            // Another user's, or another process clears at the same moment: it is there for the next one.
        }

        return removed;
    }

    private static bool IsAbandoned(string cnc, long nowMs)
    {
        try
        {
            using CountersSource source = CountersSource.Open(cnc);
            return nowMs - source.HeartbeatMs >= CertainlyDeadMs && source.StateAt(nowMs) != ProcessState.Running;
        }
        catch (Exception thrown) when (thrown is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return false;
        }
    }
}
