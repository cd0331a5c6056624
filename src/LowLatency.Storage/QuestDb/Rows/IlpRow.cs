using System.Buffers.Binary;
using LowLatency.Storage.QuestDb.Protocol;

namespace LowLatency.Storage.QuestDb.Rows;

/// <summary>
/// One row being written. Columns come as the bytes that stand before their value (<see cref="IlpColumns"/>), escaped and typed at set-up; what is left a row is to copy them and
/// to write the values.
/// </summary>
internal ref struct IlpRow(Span<byte> room, IlpVersion version)
{
    private readonly Span<byte> _room = room;
    private readonly bool _binaryDoubles = version >= IlpVersion.V2;
    private readonly bool _binaryLongs = version >= IlpVersion.V3;

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>Copies bytes that are in their final form.</summary>
    public void Literal(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_room[Length..]);
        Length += bytes.Length;
    }

    /// <summary>A double; NaN and the infinities become null in the table.</summary>
    public void Double(ReadOnlySpan<byte> column, double value)
    {
        Literal(column);
        if (_binaryDoubles)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(_room[Length..], value);
            Length += sizeof(double);
        }
        else
        {
            Length += IlpValue.WriteText(value, _room[Length..]);
        }
    }

    /// <summary>A whole number; the least of all becomes null in the table.</summary>
    public void Long(ReadOnlySpan<byte> column, long value)
    {
        Literal(column);
        if (_binaryLongs)
        {
            BinaryPrimitives.WriteInt64LittleEndian(_room[Length..], value);
            Length += sizeof(long);
        }
        else
        {
            Length += Core.Text.NumberText.Write(value, _room[Length..]);
            _room[Length++] = (byte)'i';
        }
    }

    /// <summary>The row's time, and its end.</summary>
    public void End(ref IlpTimestamp timestamp, long ns)
    {
        _room[Length++] = (byte)' ';
        Length += timestamp.Write(ns, _room[Length..]);
        _room[Length++] = (byte)'\n';
    }
}
