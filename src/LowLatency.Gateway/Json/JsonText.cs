using System.Buffers.Text;

namespace LowLatency.Gateway.Json;

/// <summary>Writes JSON text into a buffer that its owner has made large enough; knows nothing of commas and quotes.</summary>
/// <param name="buffer">Where to write.</param>
internal ref struct JsonText(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>Writes bytes that are JSON already.</summary>
    public void Raw(scoped ReadOnlySpan<byte> text)
    {
        text.CopyTo(_buffer[Length..]);
        Length += text.Length;
    }

    /// <summary>Writes one ASCII character.</summary>
    public void Raw(byte character) => _buffer[Length++] = character;

    /// <summary>Writes an integer.</summary>
    public void Integer(long value)
    {
        if (!Utf8Formatter.TryFormat(value, _buffer[Length..], out int written)) throw NoRoom();
        Length += written;
    }

    /// <summary>Writes an unsigned integer.</summary>
    public void Integer(ulong value)
    {
        if (!Utf8Formatter.TryFormat(value, _buffer[Length..], out int written)) throw NoRoom();
        Length += written;
    }

    /// <summary>Writes a number, or null.</summary>
    public void Number(double value) => Length += JsonNumber.Write(value, _buffer[Length..]);

    /// <summary>Writes a name and a number, unless the number is NaN.</summary>
    /// <param name="name">Comma, quoted name and colon.</param>
    /// <param name="value">The number.</param>
    public void NumberUnlessNaN(scoped ReadOnlySpan<byte> name, double value)
    {
        if (double.IsNaN(value)) return;
        Raw(name);
        Number(value);
    }

    /// <summary>Writes a time.</summary>
    /// <param name="ns">Nanoseconds since 1970.</param>
    /// <param name="unit">How the client wants it; microseconds are rounded down.</param>
    public void Time(long ns, TimeUnit unit)
    {
        if (unit == TimeUnit.Microseconds)
        {
            (long us, long rest) = Math.DivRem(ns, 1000);
            Integer(rest < 0 ? us - 1 : us);
            return;
        }

        Raw((byte)'"');
        Integer(ns);
        Raw((byte)'"');
    }

    private static InvalidOperationException NoRoom() => new("The buffer for a message is too short.");
}
