namespace LowLatency.Aeron.Driver;

/// <summary>
/// Keeps drivers apart that start, or start and stop, in one folder at the same instant: a file that one of them has open alone. What lives in the folder later is told by its heartbeat.
/// </summary>
internal static class StartLock
{
    /// <summary>The file, in the driver's folder.</summary>
    public const string FileName = ".driver-start";

    private const int Attempts = 100;

    // EAGAIN of Linux, EWOULDBLOCK of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static readonly int[] Taken = [11, 35, unchecked((int)0x80070020)];

    /// <summary>Takes it until what is returned is disposed. The folder is made when there is none.</summary>
    /// <exception cref="AeronException">Another driver has it.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static IDisposable Take(string directory)
    {
        string path = Path.Combine(directory, FileName);
        for (int attempt = 1; ; attempt++)
        {
            Directory.CreateDirectory(directory);
            FileStream? file = null;
            try
            {
                file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
                if (IsStillThere(file, path)) return new Held(file, path);
            }
            catch (IOException thrown) when (Taken.Contains(thrown.HResult))
            {
                throw new AeronException($"Another driver is just starting or stopping in {directory}: use that one, or name another folder.", thrown);
            }
            catch (IOException thrown) when (thrown is DirectoryNotFoundException or FileNotFoundException)
            {
                // One that stops has deleted the folder in between.
            }

            file?.Dispose();
            if (attempt == Attempts) throw new AeronException($"The folder {directory} is deleted again and again while a driver wants to start in it: name another folder.");
        }
    }

    // Who is done deletes the file before it lets go of it, and a lock of a file without a name keeps nobody away. A time that nobody else sets tells whether the name is still this file's;
    // whole, even seconds, because some file systems know no other. On Windows an open file keeps its name.
    private static bool IsStillThere(FileStream file, string path)
    {
        if (OperatingSystem.IsWindows()) return true;
        DateTime token = DateTime.UnixEpoch.AddSeconds(2 * Random.Shared.Next(1, int.MaxValue / 4));
        File.SetLastWriteTimeUtc(file.SafeFileHandle, token);
        return File.GetLastWriteTimeUtc(path) == token;
    }

    private sealed class Held(FileStream file, string path) : IDisposable
    {
        public void Dispose()
        {
            // First the file, then the lock: who opens it in between finds that it has no name any more, and tries again.
            if (!OperatingSystem.IsWindows()) File.Delete(path);
            file.Dispose();
            if (OperatingSystem.IsWindows()) File.Delete(path);
        }
    }
}
