using System.Text;
using LowLatency.Core.Text;

namespace LowLatency.Engine.Output;

/// <summary>A CSV file being written: numbers go straight to a buffer as UTF-8. One thread.</summary>
internal sealed class CsvFile : IDisposable
{
    private const int MaxRowBytes = 4096;

    private readonly FileStream _stream;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _length;
    private bool _rowBegun;

    public CsvFile(string path, IEnumerable<string> columns)
    {
        _stream = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 });
        foreach (string column in columns) Add(column);
        EndRow();
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
        _buffer[_length++] = (byte)'\n';
        _rowBegun = false;
        if (_length > _buffer.Length - MaxRowBytes) Flush();
    }

    public void Dispose()
    {
        Flush();
        _stream.Dispose();
    }

    private Span<byte> Begin()
    {
        if (_rowBegun) _buffer[_length++] = (byte)',';
        _rowBegun = true;
        if (_length > _buffer.Length - 512) Flush();
        return _buffer.AsSpan(_length);
    }

    private void Flush()
    {
        _stream.Write(_buffer.AsSpan(0, _length));
        _length = 0;
    }
}
