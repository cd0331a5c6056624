using LowLatency.Aeron.Buffers;
using LowLatency.Aeron.Protocol;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Driver;

/// <summary>
/// A driver's folder: who may have it, and what is in it. Only files that a driver makes are ever deleted; whatever else lies there stays.
/// </summary>
internal sealed class DriverDirectory(MediaDriverContext context)
{
    private const string LogExtension = ".logbuffer";

    // Drivers, the official ones too, give a sign once a second at least.
    private const int SilenceMs = 2500;

    private static readonly string[] LogFolders = ["publications", "images"];

    public string Path => context.Directory;

    public string CncFile => System.IO.Path.Combine(Path, CncLayout.FileName);

    /// <summary>Takes the folder for a new driver, which has it alone until what is returned is disposed: by then its <c>cnc.dat</c> tells that it lives.</summary>
    /// <exception cref="AeronException">Another driver lives there, or starts at this instant.</exception>
    public IDisposable Take()
    {
        IDisposable alone = StartLock.Take(Path);
        try
        {
            if (!context.DeletesDirectoryOnStart) ThrowIfDriverLives();
            Delete();
            foreach (string folder in LogFolders) System.IO.Directory.CreateDirectory(System.IO.Path.Combine(Path, folder));
            return alone;
        }
        catch
        {
            alone.Dispose();
            DeleteIfEmpty(Path);
            throw;
        }
    }

    /// <summary>Has the folder alone while a driver ends in it: one that starts must not lose its files to one that deletes its own. Null when another starts there.</summary>
    public IDisposable? TryTakeToEnd()
    {
        try
        {
            return StartLock.Take(Path);
        }
        catch (Exception thrown) when (thrown is AeronException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Deletes the folder if nothing is in it.</summary>
    public void DeleteIfEmpty() => DeleteIfEmpty(Path);

    /// <summary>Deletes what drivers leave, and the folder if nothing else is in it.</summary>
    public void Delete()
    {
        if (!System.IO.Directory.Exists(Path)) return;
        File.Delete(CncFile);
        File.Delete(System.IO.Path.Combine(Path, "loss-report.dat"));
        foreach (string name in LogFolders)
        {
            string folder = System.IO.Path.Combine(Path, name);
            if (!System.IO.Directory.Exists(folder)) continue;
            foreach (string file in System.IO.Directory.EnumerateFiles(folder, $"*{LogExtension}")) File.Delete(file);
            DeleteIfEmpty(folder);
        }

        DeleteIfEmpty(Path);
    }

    public string LogFileOf(long registrationId) => System.IO.Path.Combine(Path, LogFolders[0], $"{registrationId}{LogExtension}");

    private static void DeleteIfEmpty(string folder)
    {
        if (System.IO.Directory.Exists(folder) && !System.IO.Directory.EnumerateFileSystemEntries(folder).Any()) System.IO.Directory.Delete(folder);
    }

    private void ThrowIfDriverLives()
    {
        if (!WaitForLength()) return;
        MappedFile file = MappedFile.Open(CncFile, writable: false);
        try
        {
            MemoryView all = file.View;
            int version = WaitForVersion(all);
            // Never finished: its driver died while it made the file.
            if (version == 0) return;
            if (CncLayout.MajorOf(version) != CncLayout.MajorOf(CncLayout.Version))
                throw new AeronException(
                    $"{CncFile} is of a driver of another version ({version >> 16}.{(version >> 8) & 0xFF}.{version & 0xFF}): name another folder, or set DeletesDirectoryOnStart.");
            long ring = all.GetInt32(CncLayout.ToDriverLengthOffset);
            long at = CncLayout.ToDriverOffset + ring - RingBufferLayout.TrailerLength + RingBufferLayout.ConsumerHeartbeatMsOffset;
            if (ring < RingBufferLayout.TrailerLength || at > all.Length - sizeof(long) || at % sizeof(long) != 0) return;
            long heartbeatMs = all.GetInt64Volatile(at);
            long nowMs = context.Clock.EpochNs() / 1_000_000;
            long process = all.GetInt64(CncLayout.ProcessIdOffset);
            if (nowMs - heartbeatMs <= context.DriverTimeoutMs && !IsLeftByProcess(process, all, at))
            {
                throw new AeronException(
                    $"A driver lives in {Path} (process {process}, last sign {nowMs - heartbeatMs} ms ago): "
                    + $"stop it, use it, or name another folder. One whose process is halted, or in another container, counts as living for {context.DriverTimeoutMs} ms.");
            }
        }
        finally
        {
            file.Unmap();
        }
    }

    // A driver that was killed need not be waited for as long as one that may come back. Its process is not there; but that of another container is not to be seen either, and gives a sign.
    private bool IsLeftByProcess(long process, MemoryView all, long heartbeatAt)
    {
        if (context.ProcessExists(process)) return false;
        long heartbeatMs = all.GetInt64Volatile(heartbeatAt);
        while (all.GetInt64Volatile(heartbeatAt) == heartbeatMs)
        {
            if ((context.Clock.EpochNs() / 1_000_000) - heartbeatMs > SilenceMs) return true;
            context.Wait();
        }

        return false;
    }

    // False when there is no file, or one that its driver did not live to fill.
    private bool WaitForLength()
    {
        long deadlineNs = context.Clock.MonotonicNs() + (context.DriverTimeoutMs * 1_000_000L);
        while (true)
        {
            var file = new FileInfo(CncFile);
            if (!file.Exists) return false;
            if (file.Length > CncLayout.HeaderLength) return true;
            if (context.Clock.MonotonicNs() - deadlineNs > 0) return false;
            context.Wait();
        }
    }

    private int WaitForVersion(MemoryView all)
    {
        long deadlineNs = context.Clock.MonotonicNs() + (context.DriverTimeoutMs * 1_000_000L);
        while (true)
        {
            int version = all.GetInt32Volatile(CncLayout.VersionOffset);
            if (version != 0 || context.Clock.MonotonicNs() - deadlineNs > 0) return version;
            context.Wait();
        }
    }
}
