using System.Buffers.Binary;

namespace LowLatency.Core.Tests.Rings;

/// <summary>Records of a broadcast ring that tell whether they are whole: type, length and every word follow from the number.</summary>
internal static class TestRecord
{
    public const byte One = 1;
    public const byte Two = 2;
    public const byte Three = 3;

    public static byte[] CellsByType { get; } = MakeCells();

    /// <summary>Fills a record; its type is the number of its cells.</summary>
    public static void Write(Span<byte> record, long number)
    {
        record[0] = (byte)(record.Length / 64);
        record[1..8].Fill((byte)number);
        for (int i = 8; i < record.Length; i += 8) BinaryPrimitives.WriteInt64LittleEndian(record[i..], Word(number, i));
    }

    /// <summary>Reads one record off the front.</summary>
    /// <returns>Its number, or -1 when it is torn.</returns>
    public static long Read(ref ReadOnlySpan<byte> records)
    {
        int length = CellsByType[records[0]] * 64;
        if (length == 0 || length > records.Length) return -1;
        long number = BinaryPrimitives.ReadInt64LittleEndian(records[8..]);
        bool whole = records[1..8].IndexOfAnyExcept((byte)number) < 0;
        for (int i = 8; i < length; i += 8) whole &= BinaryPrimitives.ReadInt64LittleEndian(records[i..]) == Word(number, i);
        records = records[length..];
        return whole ? number : -1;
    }

    private static long Word(long number, int offset) => number + ((offset - 8) * 0x0101010101);

    private static byte[] MakeCells()
    {
        var cells = new byte[256];
        cells[One] = 1;
        cells[Two] = 2;
        cells[Three] = 3;
        return cells;
    }
}
