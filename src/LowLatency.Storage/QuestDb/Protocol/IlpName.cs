using System.Buffers;
using System.Text;

namespace LowLatency.Storage.QuestDb.Protocol;

/// <summary>Which names tables and columns can have, as the server has it (TableUtils.isValidTableName and isValidColumnName). Checking allocates nothing.</summary>
public static class IlpName
{
    /// <summary>The longest name, in UTF-16 units: what a server allows by default (cairo.max.file.name.length).</summary>
    public const int MaxLength = 127;

    private const string Controls = "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\v\f\r\u000e\u000f\u007f\ufeff";

    private static readonly SearchValues<char> NotInTables = SearchValues.Create("?,'\"\\/:)(+*%~" + Controls);
    private static readonly SearchValues<char> NotInColumns = SearchValues.Create("?.,'\"\\/:)(+-*%~" + Controls);

    /// <summary>Whether a table can have the name.</summary>
    /// <param name="name">The name.</param>
    public static bool IsTable(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > MaxLength || name.IndexOfAny(NotInTables) >= 0) return false;
        // A single dot within a name is fine; a name cannot begin or end with a blank.
        if (name[0] is '.' or ' ' || name[^1] is '.' or ' ') return false;
        return name.IndexOf("..", StringComparison.Ordinal) < 0;
    }

    /// <summary>Whether a column, a symbol's too, can have the name.</summary>
    /// <param name="name">The name.</param>
    public static bool IsColumn(ReadOnlySpan<char> name) => name.Length is > 0 and <= MaxLength && name.IndexOfAny(NotInColumns) < 0;

    /// <summary>A column's name as rows have it, escaped.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">No column can have it.</exception>
    public static byte[] EscapedColumn(string name) => IsColumn(name) ? Escaped(name) : throw NotAColumn(name);

    /// <summary>A table's name as rows have it, escaped.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">No table can have it.</exception>
    public static byte[] EscapedTable(string name) => IsTable(name) ? Escaped(name) : throw NotATable(name);

    internal static ArgumentException NotATable(ReadOnlySpan<char> name) =>
        new($"'{name}' cannot be a table's name: 1 to {MaxLength} characters, no control characters, none of ? , ' \" \\ / : ( ) + * % ~, no dot or blank at either end, no two dots in a row.");

    internal static ArgumentException NotAColumn(ReadOnlySpan<char> name) =>
        new($"'{name}' cannot be a column's name: 1 to {MaxLength} characters, no control characters, none of ? . , ' \" \\ / : ( ) + - * % ~.");

    private static byte[] Escaped(string name)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        byte[] room = new byte[utf8.Length * 2];
        return room[..IlpText.WriteUnquoted(utf8, room)];
    }
}
