using System.Globalization;

namespace LowLatency.Storage.Journal;

/// <summary>The names of a journal's files: <c>NAME-00000000000000000000.npy</c> and <c>.idx</c> beside it, where the number is the ordinal of the segment's first record.</summary>
internal sealed class JournalFiles
{
    private const int OrdinalDigits = 20;
    private const string DataEnding = ".npy";
    private const string IndexEnding = ".idx";
    private const string CursorEnding = ".cursor";

    /// <summary>Names the files of a journal.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="name">Its name.</param>
    public JournalFiles(string folder, string name)
    {
        Folder = Path.GetFullPath(folder);
        Name = name;
    }

    /// <summary>The folder, as a whole path.</summary>
    public string Folder { get; }

    /// <summary>The journal's name.</summary>
    public string Name { get; }

    /// <summary>What a writer holds locked.</summary>
    public string Lock => Of(".lock");

    /// <summary>Which process does, for people.</summary>
    public string LockHolder => Of(".lock.pid");

    /// <summary>The records of a segment that has been made and not begun.</summary>
    public string NextData => Of(".next" + DataEnding);

    /// <summary>The index of a segment that has been made and not begun.</summary>
    public string NextIndex => Of(".next" + IndexEnding);

    /// <summary>Whether a name can be a journal's, or a cursor's.</summary>
    /// <param name="name">The name.</param>
    public static bool IsName(string? name) => name is { Length: >= 1 and <= 64 } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    /// <summary>The records of a segment.</summary>
    /// <param name="first">Ordinal of its first record.</param>
    public string Data(long first) => Of($"-{first:D20}{DataEnding}");

    /// <summary>The index of a segment.</summary>
    /// <param name="first">Ordinal of its first record.</param>
    public string Index(long first) => Of($"-{first:D20}{IndexEnding}");

    /// <summary>A cursor's file.</summary>
    /// <param name="cursor">Its name.</param>
    public string Cursor(string cursor) => Of($".{cursor}{CursorEnding}");

    /// <summary>The cursors that there are, by name.</summary>
    public IEnumerable<string> Cursors() =>
        from path in Listed($".*{CursorEnding}")
        let file = Path.GetFileName(path)
        where file.StartsWith(Name + '.', StringComparison.Ordinal)
        let cursor = file[(Name.Length + 1)..^CursorEnding.Length]
        where IsName(cursor)
        select cursor;

    /// <summary>The segments that have an index, by the ordinal of their first record, ascending.</summary>
    public long[] Segments() => Ordinals(IndexEnding);

    /// <summary>The segments that have records, by the ordinal of their first record, ascending.</summary>
    public long[] DataSegments() => Ordinals(DataEnding);

    /// <inheritdoc/>
    public override string ToString() => Path.Combine(Folder, Name);

    private string[] Listed(string pattern) => Directory.Exists(Folder) ? Directory.GetFiles(Folder, Name + pattern) : [];

    private string Of(string ending) => Path.Combine(Folder, Name + ending);

    private long[] Ordinals(string ending)
    {
        var found = new List<long>();
        foreach (string path in Listed($"-*{ending}"))
        {
            ReadOnlySpan<char> file = Path.GetFileName(path.AsSpan());
            // Another journal's name may begin with this one's.
            if (file.Length != Name.Length + 1 + OrdinalDigits + ending.Length) continue;
            if (long.TryParse(file.Slice(Name.Length + 1, OrdinalDigits), NumberStyles.None, CultureInfo.InvariantCulture, out long first)) found.Add(first);
        }

        found.Sort();
        return [.. found];
    }
}
