using System.Text;
using LowLatency.Storage.QuestDb.Protocol;

namespace LowLatency.Storage.QuestDb.Rows;

/// <summary>Makes, at set-up, the bytes that stand before the values of a row: separator, escaped name, and the type where it is binary.</summary>
/// <param name="version">Which protocol the server takes.</param>
internal sealed class IlpColumns(IlpVersion version)
{
    /// <summary>The first column of a row, a double.</summary>
    public byte[] FirstDouble(string name) => [(byte)' ', .. IlpName.EscapedColumn(name), .. DoubleMark];

    /// <summary>A further double.</summary>
    public byte[] Double(string name) => [(byte)',', .. IlpName.EscapedColumn(name), .. DoubleMark];

    /// <summary>The first column of a row, a whole number.</summary>
    public byte[] FirstLong(string name) => [(byte)' ', .. IlpName.EscapedColumn(name), .. LongMark];

    /// <summary>A further whole number.</summary>
    public byte[] Long(string name) => [(byte)',', .. IlpName.EscapedColumn(name), .. LongMark];

    /// <summary>A symbol with its value.</summary>
    public static byte[] Symbol(string name, string value)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(value);
        byte[] room = new byte[utf8.Length * 2];
        int length = IlpText.WriteUnquoted(utf8, room);
        return [(byte)',', .. IlpName.EscapedColumn(name), (byte)'=', .. room.AsSpan(0, length)];
    }

    /// <summary>The outputs of an indicator, or what an alert compares: value, value2 … value8.</summary>
    /// <param name="count">How many.</param>
    public byte[][] Values(int count) => [.. Enumerable.Range(1, count).Select(i => i == 1 ? Double("value") : Double($"value{i}"))];

    private ReadOnlySpan<byte> DoubleMark => version >= IlpVersion.V2 ? IlpValue.BinaryDouble : "="u8;

    private ReadOnlySpan<byte> LongMark => version >= IlpVersion.V3 ? IlpValue.BinaryLong : "="u8;
}
