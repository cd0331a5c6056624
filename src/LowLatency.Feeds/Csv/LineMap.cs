namespace LowLatency.Feeds.Csv;

/// <summary>
/// Which line of which file a record came from. A note is kept only where records and lines stop going hand in hand: at a new file, a blank line,
/// or a row passed over. One thread notes, any thread asks.
/// </summary>
internal sealed class LineMap
{
    private const int PageBits = 10;
    private const int PageLength = 1 << PageBits;

    private Note[][] _pages = [];
    private int _count;
    private int _file = -1;
    private long _record;
    private long _line;

    /// <summary>Says that the next record is of <paramref name="file"/> and the line <paramref name="line"/>.</summary>
    /// <param name="record">The record's index, from 0 and without a hole.</param>
    /// <param name="file">The file's index.</param>
    /// <param name="line">The line, from 1.</param>
    public void Add(long record, int file, long line)
    {
        if (file == _file && line - _line == record - _record) return;
        _file = file;
        _record = record;
        _line = line;
        int page = _count >> PageBits;
        if (page == _pages.Length)
        {
            Note[][] more = [.. _pages, new Note[PageLength]];
            Volatile.Write(ref _pages, more);
        }

        _pages[page][_count & (PageLength - 1)] = new Note(record, line, file);
        // Release: the note is there before the count that includes it.
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>Finds a record's file and line.</summary>
    /// <param name="record">The record's index; at least 0, and its line has been noted.</param>
    /// <param name="file">The file's index.</param>
    /// <param name="line">The line, from 1.</param>
    /// <returns>False when no record has been noted yet.</returns>
    public bool TryLocate(long record, out int file, out long line)
    {
        // Acquire: the pages read next hold at least that many notes.
        int count = Volatile.Read(ref _count);
        Note[][] pages = Volatile.Read(ref _pages);
        int low = 0;
        int high = count - 1;
        while (low < high)
        {
            int middle = low + ((high - low + 1) / 2);
            if (pages[middle >> PageBits][middle & (PageLength - 1)].Record <= record) low = middle;
            else high = middle - 1;
        }

        Note note = count == 0 ? default : pages[low >> PageBits][low & (PageLength - 1)];
        file = note.File;
        line = note.Line + record - note.Record;
        return count > 0;
    }

    private readonly record struct Note(long Record, long Line, int File);
}
