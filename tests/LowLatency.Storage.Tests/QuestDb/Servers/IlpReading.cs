using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace LowLatency.Storage.Tests.QuestDb.Servers;

/// <summary>A row as a server reads it: values are string, double, long, bool, or the bytes of what is read by nobody here.</summary>
internal sealed record ReadRow(string Table, IReadOnlyDictionary<string, string> Symbols, IReadOnlyDictionary<string, object> Columns, long? TimestampNs);

/// <summary>Reads lines back: another program than the one that wrote them, so that the two can be held against each other.</summary>
internal static class IlpReading
{
    public static List<ReadRow> Rows(ReadOnlySpan<byte> bytes)
    {
        var rows = new List<ReadRow>();
        int at = 0;
        while (at < bytes.Length) rows.Add(Row(bytes, ref at));
        return rows;
    }

    private static ReadRow Row(ReadOnlySpan<byte> bytes, ref int at)
    {
        string table = Name(bytes, ref at);
        var symbols = new Dictionary<string, string>();
        var columns = new Dictionary<string, object>();
        while (bytes[at] == ',')
        {
            at++;
            string name = Name(bytes, ref at);
            Expect(bytes, ref at, '=');
            symbols.Add(name, Name(bytes, ref at));
        }

        long? timestamp = null;
        if (bytes[at] == ' ')
        {
            at++;
            // Either columns, or a row of symbols and its time.
            if (!IsTime(bytes[at..]))
            {
                while (true)
                {
                    string name = Name(bytes, ref at);
                    Expect(bytes, ref at, '=');
                    columns.Add(name, Value(bytes, ref at));
                    if (bytes[at] != ',') break;
                    at++;
                }

                if (bytes[at] == ' ') at++;
            }

            if (bytes[at] != '\n') timestamp = long.Parse(Until(bytes, ref at, "\n"u8), CultureInfo.InvariantCulture);
        }

        Expect(bytes, ref at, '\n');
        return new ReadRow(table, symbols, columns, timestamp);
    }

    private static bool IsTime(ReadOnlySpan<byte> bytes)
    {
        int end = 0;
        while (bytes[end] is (byte)'-' or (>= (byte)'0' and <= (byte)'9')) end++;
        return end > 0 && bytes[end] == '\n';
    }

    private static object Value(ReadOnlySpan<byte> bytes, ref int at)
    {
        if (bytes[at] == '=')
        {
            byte type = bytes[at + 1];
            ReadOnlySpan<byte> value = bytes[(at + 2)..];
            (object read, int length) = type switch
            {
                16 => ((object)BinaryPrimitives.ReadDoubleLittleEndian(value), 8),
                15 => (BinaryPrimitives.ReadInt64LittleEndian(value), 8),
                _ => throw new FormatException($"Binary type {type} is not known."),
            };
            at += 2 + length;
            return read;
        }

        if (bytes[at] == '"')
        {
            at++;
            var text = new List<byte>();
            while (bytes[at] != '"')
            {
                if (bytes[at] == '\n') throw new FormatException("A raw line break in a string.");
                if (bytes[at] == '\\') at++;
                text.Add(bytes[at++]);
            }

            at++;
            return Encoding.UTF8.GetString([.. text]);
        }

        string plain = Until(bytes, ref at, ", \n"u8);
        if (plain is "t" or "f") return plain == "t";
        return plain[^1] == 'i' ? (object)long.Parse(plain[..^1], CultureInfo.InvariantCulture) : double.Parse(plain, CultureInfo.InvariantCulture);
    }

    private static string Name(ReadOnlySpan<byte> bytes, ref int at)
    {
        var text = new List<byte>();
        while (!" ,=\n"u8.Contains(bytes[at]))
        {
            if (bytes[at] == '\\') at++;
            text.Add(bytes[at++]);
        }

        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString([.. text]);
    }

    private static string Until(ReadOnlySpan<byte> bytes, ref int at, ReadOnlySpan<byte> ends)
    {
        int length = bytes[at..].IndexOfAny(ends);
        string text = Encoding.ASCII.GetString(bytes.Slice(at, length));
        at += length;
        return text;
    }

    private static void Expect(ReadOnlySpan<byte> bytes, ref int at, char expected)
    {
        if (bytes[at] != expected) throw new FormatException($"'{(char)bytes[at]}' at byte {at}, expected '{expected}'.");
        at++;
    }
}
