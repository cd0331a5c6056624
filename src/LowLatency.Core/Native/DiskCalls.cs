using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LowLatency.Core.Native;

/// <summary>Linux's calls about what is on disk, which .NET has not, or does more in.</summary>
internal static partial class DiskCalls
{
    private const string Library = "libc";
    private const int Interrupted = 4;
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x80000;

    /// <summary>Allocates a file's blocks, by writing zeroes where the file system has no other way.</summary>
    /// <param name="file">The file, open for writing.</param>
    /// <param name="length">Number of bytes from its beginning.</param>
    /// <param name="path">Its path, for the message.</param>
    /// <exception cref="IOException">The disk is full, or the system refuses for another reason.</exception>
    public static void Reserve(SafeFileHandle file, long length, string path)
    {
        int errno;
        do errno = Allocate(file, 0, (nint)length);
        while (errno == Interrupted);
        if (errno != 0) throw new IOException($"{length} bytes cannot be allocated for {path}: {Marshal.GetPInvokeErrorMessage(errno)} ({Errno.NameOf(errno)}).");
    }

    /// <summary>Waits until a file's bytes are on disk, and what is needed to find them.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">Its path, for the message.</param>
    /// <exception cref="IOException">They could not be written.</exception>
    public static void SyncData(SafeFileHandle file, string path) => Check(SyncData(file), path);

    /// <summary>Waits until a folder's list of names is on disk.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="IOException">It could not be written, or there is no such folder.</exception>
    public static void SyncFolder(string path)
    {
        // O_DIRECTORY differs between processors, and is not needed.
        using SafeFileHandle folder = Open(path, ReadOnly | CloseOnExec);
        if (folder.IsInvalid) Check(-1, path);
        Check(Sync(folder), path);
    }

    private static void Check(int returned, string path)
    {
        if (returned == 0) return;
        int errno = Marshal.GetLastPInvokeError();
        throw new IOException($"{path} cannot be written to disk: {Marshal.GetPInvokeErrorMessage(errno)} ({Errno.NameOf(errno)}).");
    }

    [LibraryImport(Library, EntryPoint = "posix_fallocate")]
    private static partial int Allocate(SafeFileHandle file, nint offset, nint length);

    [LibraryImport(Library, EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int SyncData(SafeFileHandle file);

    [LibraryImport(Library, EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle file);

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);
}
