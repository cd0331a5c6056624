using System.IO.MemoryMappedFiles;
using LowLatency.Core.Native;
using Microsoft.Win32.SafeHandles;

namespace LowLatency.Core.Memory;

/// <summary>
/// A file mapped into memory whole, shared with every other process that maps it; what is written outlives the process, not the machine's crash.
/// </summary>
/// <remarks>
/// <para><see cref="Dispose"/> while other threads still use views is safe: it closes the file and gives out no more views, and the memory is unmapped when
/// the last view can no longer be reached and the collector has noticed. <see cref="Unmap"/> does not wait for that: it is for owners that know that
/// nobody uses a view any more, and an access after it ends the process with a memory fault.</para>
/// <para>Nobody may shorten a file that is mapped: the system ends a process that touches a page behind the new end. Deleting and renaming it are
/// harmless, on Windows refused.</para>
/// </remarks>
public sealed class MappedFile : IDisposable
{
    private readonly FileStream _file;
    private readonly MemoryMappedFile _mapping;
    private readonly MemoryMappedViewAccessor _accessor;
    private readonly SafeMemoryMappedViewHandle _memory;
    private readonly bool _writable;
    private volatile bool _disposed;

    private MappedFile(string path, FileStream file, long length, bool writable)
    {
        Path = path;
        Length = length;
        _file = file;
        _writable = writable;
        MemoryMappedFileAccess access = writable ? MemoryMappedFileAccess.ReadWrite : MemoryMappedFileAccess.Read;
        _mapping = MemoryMappedFile.CreateFromFile(file, null, length, access, HandleInheritability.None, leaveOpen: true);
        try
        {
            // The accessor itself has no finalizer: only its handle matters, which unmaps when it is disposed or finalized.
            _accessor = _mapping.CreateViewAccessor(0, length, access);
            _memory = _accessor.SafeMemoryMappedViewHandle;
        }
        catch
        {
            _mapping.Dispose();
            throw;
        }
    }

    /// <summary>The file's path, as it was given.</summary>
    public string Path { get; }

    /// <summary>Number of bytes mapped.</summary>
    public long Length { get; }

    /// <summary>All of it.</summary>
    /// <exception cref="ObjectDisposedException">The file has been disposed.</exception>
    public MemoryView View
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return MakeView();
        }
    }

    /// <summary>Makes a file of zeroes and maps it for reading and writing. Its blocks are allocated now, so that no later write finds the disk full.</summary>
    /// <param name="path">A path where there is no file.</param>
    /// <param name="length">Number of bytes, at least 1.</param>
    /// <exception cref="IOException">There is such a file, the disk is full, or the system refuses for another reason.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static MappedFile Create(string path, long length) => Create(path, length, allocates: true);

    /// <summary>
    /// Makes a file of zeroes and maps it for reading and writing, without its blocks: each is allocated when it is first written, and a process that
    /// writes one when the disk is full is ended by the system. The caller looks after the room.
    /// </summary>
    /// <param name="path">A path where there is no file.</param>
    /// <param name="length">Number of bytes, at least 1.</param>
    /// <exception cref="IOException">There is such a file, or the system refuses for another reason.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static MappedFile CreateSparse(string path, long length) => Create(path, length, allocates: false);

    /// <summary>Maps a file that is there.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="writable">Whether it may be written through the views.</param>
    /// <exception cref="IOException">There is no such file, it is empty, or the system refuses for another reason.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or not be written.</exception>
    public static MappedFile Open(string path, bool writable)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileAccess access = writable ? FileAccess.ReadWrite : FileAccess.Read;
        var file = new FileStream(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        try
        {
            while (true)
            {
                long length = file.Length;
                if (length == 0) throw new IOException($"{path} is empty: there is nothing to map.");
                try
                {
                    return new MappedFile(path, file, length, writable);
                }
                catch (ArgumentException) when (file.Length < length)
                {
                    // Its owner shortened it in between.
                }
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Waits until everything that was written through views before this call is on disk, so that it outlives the machine's crash too. Other threads may go on writing; whether what they
    /// write meanwhile is on disk is not said.
    /// </summary>
    /// <exception cref="IOException">The system could not write it: what is on disk is unknown from then on.</exception>
    /// <exception cref="ObjectDisposedException">The file has been disposed.</exception>
    public void Flush()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (OperatingSystem.IsLinux())
        {
            // Of a shared mapping the file's own dirty pages: no msync is needed. The times of the file are not waited for.
            DiskCalls.SyncData(_file.SafeFileHandle, Path);
            return;
        }

        _accessor.Flush();
        _file.Flush(flushToDisk: true);
    }

    /// <summary>Closes the file and gives out no more views; those that were given out stay valid as long as anyone can reach them.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _mapping.Dispose();
        _file.Dispose();
    }

    /// <summary>Disposes, and unmaps now. The caller knows that no view of it is used any more: an access after this ends the process.</summary>
    public void Unmap()
    {
        Dispose();
        _memory.Dispose();
    }

    private static MappedFile Create(string path, long length, bool allocates)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        // CreateNew follows no link that someone else has put there.
        var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, PreallocationSize = allocates ? length : 0,
        });
        try
        {
            file.SetLength(length);
            // What the stream asked for is not refused on file systems that cannot allocate ahead; this is, or is done by writing.
            if (allocates && OperatingSystem.IsLinux()) DiskCalls.Reserve(file.SafeFileHandle, length, path);
            return new MappedFile(path, file, length, writable: true);
        }
        catch
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }
    }

    private unsafe MemoryView MakeView()
    {
        byte* start = null;
        _memory.AcquirePointer(ref start);
        // The address is taken without a lasting count: the view holds the handle itself, and a counted one would never be finalized.
        _memory.ReleasePointer();
        // Safe: the mapping begins at offset 0, a page, and has Length bytes.
        return new MemoryView(start, Length, _writable, _memory);
    }
}
