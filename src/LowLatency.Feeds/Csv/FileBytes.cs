using System.IO.Pipelines;

namespace LowLatency.Feeds.Csv;

/// <summary>A file's bytes, decompressed, on their way from the thread that reads it to the feed.</summary>
/// <param name="index">The file's index among the feed's files.</param>
/// <param name="path">The file.</param>
/// <param name="options">The pipe's buffers.</param>
internal sealed class FileBytes(int index, string path, PipeOptions options)
{
    private readonly Pipe _pipe = new(options);
    private long _written;
    private volatile bool _ended;

    /// <summary>The file's index among the feed's files.</summary>
    public int Index { get; } = index;

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>The feed's end.</summary>
    public PipeReader Reader => _pipe.Reader;

    /// <summary>The reading thread's end.</summary>
    public PipeWriter Writer => _pipe.Writer;

    /// <summary>Bytes handed over so far.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>Whether all bytes that could be had were handed over.</summary>
    public bool Ended => _ended;

    /// <summary>Why the bytes end before the file's end; null when they do not, and until <see cref="Ended"/>.</summary>
    public string? Problem { get; private set; }

    /// <summary>Counts bytes handed over. For the reading thread.</summary>
    /// <param name="bytes">How many.</param>
    public void Count(int bytes) => Volatile.Write(ref _written, _written + bytes);

    /// <summary>Ends the file. For the reading thread.</summary>
    /// <param name="problem">Why it ends early; null when it does not.</param>
    public void End(string? problem)
    {
        Problem = problem;
        // The pipe's own lock makes the problem visible to whoever sees the pipe completed.
        Writer.Complete();
        _ended = true;
    }
}
