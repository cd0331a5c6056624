using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using LowLatency.Core.Agents;

namespace LowLatency.Feeds.Csv;

/// <summary>
/// A thread that reads and decompresses files ahead of the feed, one after another, into one pipe a file. It stops when a pipe is full or the file
/// after the one being parsed has been read.
/// </summary>
internal sealed class FileReadingThread : IDisposable
{
    /// <summary>How much is read at a time.</summary>
    public const int DefaultBlockBytes = 256 * 1024;

    private const int FilesAhead = 2;
    private const long PauseBytes = 4 * 1024 * 1024;

    private readonly string[] _paths;
    private readonly int _blockBytes;
    private readonly PipeOptions _buffers;
    private readonly Parker? _parker;
    private readonly FileBytes?[] _files;
    private readonly SemaphoreSlim _ahead = new(FilesAhead);
    private readonly AutoResetEvent _room = new(false);
    private readonly Action _signalRoom;
    private readonly Thread _thread;
    private volatile bool _stop;
    private long _allocatedBytes;

    /// <summary>Makes the thread; it does not run yet.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="parker">Where the feed's thread sleeps; null when it never does.</param>
    /// <param name="blockBytes">How much is read at a time.</param>
    public FileReadingThread(string[] paths, Parker? parker, int blockBytes)
    {
        _blockBytes = blockBytes;
        // As many blocks as pipes can hold when they are full, and one being filled for each: none is allocated while files are read.
        _buffers = new PipeOptions(
            new BlockPool(blockBytes, (int)(PauseBytes / blockBytes) + 1 + FilesAhead),
            readerScheduler: PipeScheduler.Inline,
            writerScheduler: PipeScheduler.Inline,
            pauseWriterThreshold: PauseBytes,
            resumeWriterThreshold: PauseBytes / 2,
            minimumSegmentSize: blockBytes,
            useSynchronizationContext: false);
        _paths = paths;
        _parker = parker;
        _files = new FileBytes?[paths.Length];
        _signalRoom = () => _room.Set();
        _thread = new Thread(Run) { Name = "csv-reader", IsBackground = true };
    }

    /// <summary>Bytes that the thread has allocated on the managed heap, as of the last file it ended.</summary>
    public long AllocatedBytes => Volatile.Read(ref _allocatedBytes);

    /// <summary>Starts the thread.</summary>
    public void Start() => _thread.Start();

    /// <summary>The bytes of a file; null when the thread has not come to it.</summary>
    /// <param name="index">The file's index.</param>
    public FileBytes? TryGet(int index) => Volatile.Read(ref _files[index]);

    /// <summary>Says that the feed has done with a file, so that another can be read ahead.</summary>
    public void Release() => _ahead.Release();

    /// <summary>Ends the thread and waits for it. The feed's end of the pipe being read must have been completed, or be completed here.</summary>
    public void Dispose()
    {
        if (_stop) return;
        _stop = true;
        _ahead.Release();
        foreach (FileBytes? file in _files) file?.Reader.Complete();
        _room.Set();
        if (!_thread.ThreadState.HasFlag(ThreadState.Unstarted)) _thread.Join();
        _ahead.Dispose();
        _room.Dispose();
    }

    private void Run()
    {
        for (int i = 0; i < _paths.Length; i++)
        {
            _ahead.Wait();
            if (_stop) return;
            var file = new FileBytes(i, _paths[i], _buffers);
            Volatile.Write(ref _files[i], file);
            string? problem;
            try
            {
                problem = Read(file);
            }
            catch (Exception e)
            {
                // The thread's edge: whatever a file or the system throws is this file's problem, and the next file is read.
                problem = e.Message;
            }

            Volatile.Write(ref _allocatedBytes, GC.GetAllocatedBytesForCurrentThread());
            file.End(problem);
            _parker?.UnparkIfParked();
        }
    }

    private string? Read(FileBytes file)
    {
        using var raw = new RawFileStream(new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, DefaultBlockBytes, FileOptions.SequentialScan));
        if (!GzipBytes.IsGzip(raw))
        {
            Copy(raw, file);
            return null;
        }

        try
        {
            using var unzipped = new GZipStream(raw, CompressionMode.Decompress, leaveOpen: true);
            bool copied = Copy(unzipped, file);
            return copied ? GzipBytes.ProblemOf(raw, file.Written) : null;
        }
        catch (InvalidDataException)
        {
            string problem = raw.EndNoted ? GzipBytes.Truncated : "corrupt gzip";
            Copy(GzipBytes.Rest(raw, file.Written), file);
            return problem;
        }
    }

    /// <summary>Hands a stream's bytes over; false when the feed wants no more of them.</summary>
    private bool Copy(Stream stream, FileBytes file)
    {
        PipeWriter writer = file.Writer;
        while (!_stop)
        {
            Memory<byte> block = writer.GetMemory(_blockBytes)[.._blockBytes];
            int count = Fill(stream, block.Span, out Exception? failure);
            if (count > 0)
            {
                writer.Advance(count);
                if (!Flush(writer)) return false;
                file.Count(count);
                _parker?.UnparkIfParked();
            }

            if (failure is not null) throw failure;
            if (count == 0) return true;
        }

        return false;
    }

    /// <summary>Fills a block from a stream that may give less at a time than is asked for. What was read before a failure counts.</summary>
    private static int Fill(Stream stream, Span<byte> block, out Exception? failure)
    {
        failure = null;
        int count = 0;
        try
        {
            while (count < block.Length)
            {
                int read = stream.Read(block[count..]);
                if (read == 0) break;
                count += read;
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            failure = e;
        }

        return count;
    }

    /// <summary>Hands over what was written and waits until the pipe has room again; false when the feed wants no more of this file.</summary>
    private bool Flush(PipeWriter writer) => WaitForRoom(writer.FlushAsync());

    private bool WaitForRoom(ValueTask<FlushResult> flush)
    {
        ValueTaskAwaiter<FlushResult> flushed = flush.GetAwaiter();
        if (!flushed.IsCompleted)
        {
            flushed.UnsafeOnCompleted(_signalRoom);
            while (!flushed.IsCompleted)
            {
                _room.WaitOne();
                if (_stop) return false;
            }
        }

        return !flushed.GetResult().IsCompleted;
    }
}
