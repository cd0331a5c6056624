using System.Text;
using LowLatency.Core.Text;

namespace LowLatency.Engine.Output;

/// <summary>
/// A CSV file being written: numbers go straight to a buffer as UTF-8. The buffer is small, so that a file costs what it holds and not more: there is
/// one for each stream of each symbol. One thread.
/// </summary>
internal sealed class CsvFile : IDisposable
{
    private const int MaxCellBytes = 512;

    private readonly string _path;
    private readonly Memory<byte> _memory;
    private FileStream? _stream;
    private int _length;
    private bool _rowBegun;

    public CsvFile(string path, IEnumerable<string> columns, CsvResources resources, int bufferBytes)
    {
        _path = path;
        _memory = resources.TakeBuffer(bufferBytes);
        _stream = Open(FileMode.Create);
        foreach (string column in columns) Add(column);
        EndRow();
        if (!resources.TryTakeHandle()) Park();
    }

    /// <summary>Adds a text; one with a comma is put in quotes.</summary>
    public void Add(string text)
    {
        Span<byte> room = Begin();
        bool quoted = text.Contains(',', StringComparison.Ordinal);
        int written = 0;
        if (quoted) room[written++] = (byte)'"';
        written += Encoding.UTF8.GetBytes(text, room[written..]);
        if (quoted) room[written++] = (byte)'"';
        _length += written;
    }

    public void Add(long value)
    {
        Span<byte> room = Begin();
        _length += NumberText.Write(value, room);
    }

    public void Add(ulong value)
    {
        Span<byte> room = Begin();
        value.TryFormat(room, out int written);
        _length += written;
    }

    /// <summary>Adds a number; NaN leaves the cell empty.</summary>
    public void Add(double value)
    {
        Span<byte> room = Begin();
        if (!double.IsNaN(value)) _length += NumberText.Write(value, room);
    }

    public void EndRow()
    {
        _memory.Span[_length++] = (byte)'\n';
        _rowBegun = false;
    }

    public void Dispose()
    {
        Flush();
        _stream?.Dispose();
    }

    private Span<byte> Begin()
    {
        Span<byte> buffer = _memory.Span;
        if (_length > buffer.Length - MaxCellBytes) Flush();
        if (_rowBegun) buffer[_length++] = (byte)',';
        _rowBegun = true;
        return buffer[_length..];
    }

    private void Flush()
    {
        if (_stream is { } stream)
        {
            stream.Write(_memory.Span[.._length]);
        }
        else
        {
            using FileStream again = Open(FileMode.Append);
            again.Write(_memory.Span[.._length]);
        }

        _length = 0;
    }

    /// <summary>Gives the handle back: from now on the file is opened anew for each write.</summary>
    private void Park()
    {
        Flush();
        _stream?.Dispose();
        _stream = null;
    }

    private FileStream Open(FileMode mode) => new(_path, new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 });
}
