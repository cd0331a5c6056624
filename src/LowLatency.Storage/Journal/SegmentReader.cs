using LowLatency.Core.Memory;

namespace LowLatency.Storage.Journal;

/// <summary>A segment that is read, while it is written perhaps.</summary>
internal sealed class SegmentReader : IDisposable
{
    private const int MostTries = 100_000;

    private readonly MappedFile _file;
    private readonly MemoryView _data;
    private readonly string _path;

    private SegmentReader(IndexFile index, MappedFile file)
    {
        Index = index;
        _file = file;
        _data = file.View;
        _path = file.Path;
    }

    /// <summary>Its index.</summary>
    public IndexFile Index { get; }

    /// <summary>Ordinal of its first record.</summary>
    public long First => Index.First;

    /// <summary>Ordinal behind its last committed record.</summary>
    public long End => Index.First + Index.Committed;

    /// <summary>Opens a segment.</summary>
    /// <param name="files">The journal's files.</param>
    /// <param name="first">Ordinal of its first record.</param>
    /// <returns>The segment; null when it has been removed.</returns>
    public static SegmentReader? TryOpen(JournalFiles files, long first)
    {
        if (!File.Exists(files.Index(first))) return null;
        IndexFile? index = null;
        try
        {
            index = IndexFile.Open(files.Index(first), writable: false);
            return new SegmentReader(index, MappedFile.Open(files.Data(first), writable: false));
        }
        catch (FileNotFoundException)
        {
            index?.Unmap();
            return null;
        }
        catch (Exception thrown) when (thrown is IOException or UnauthorizedAccessException)
        {
            index?.Unmap();
            throw new JournalException($"The segment of {files} from record {first} on cannot be read: {thrown.Message}", thrown);
        }
    }

    /// <summary>Records where they lie.</summary>
    /// <param name="ordinal">The first one's.</param>
    /// <param name="count">How many; all are committed.</param>
    public ReadOnlySpan<byte> Records(long ordinal, int count) => _data.Bytes(NumpyHeader.Bytes + ((ordinal - First) * Index.RecordBytes), count * Index.RecordBytes);

    /// <summary>Finds the closed entry of a record.</summary>
    /// <param name="ordinal">The record's.</param>
    /// <param name="entry">The entry.</param>
    /// <returns>Whether it is closed.</returns>
    public bool TryEntry(long ordinal, out IndexEntry entry)
    {
        long place = ordinal - First;
        int low = 0;
        int high = Index.Closed;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (Index.Entry(middle).End <= place) low = middle + 1;
            else high = middle;
        }

        bool isClosed = low < Index.Closed;
        entry = isClosed ? Index.Entry(low) : default;
        return isClosed;
    }

    /// <summary>The ordinal at which records of a mark begin: all before it have lesser marks.</summary>
    /// <param name="mark">The mark.</param>
    public long FindMark(long mark)
    {
        int low = 0;
        int closed = Index.Closed;
        int high = closed;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (Index.Entry(middle).Mark < mark) low = middle + 1;
            else high = middle;
        }

        return First + (low < closed ? Index.Entry(low).First : closed == 0 ? 0 : Index.Entry(closed - 1).End);
    }

    /// <summary>Checks a record, and those that share a checksum with it.</summary>
    /// <param name="ordinal">The record's; it is committed.</param>
    /// <returns>The ordinal behind what was checked.</returns>
    /// <exception cref="JournalException">They are not what was written.</exception>
    public long Verify(long ordinal)
    {
        for (int i = 0; i < MostTries; i++)
        {
            // Of one that is not closed the slots tell, by turns, while they are written.
            if (!TryEntry(ordinal, out IndexEntry entry) && !TrySlot(ordinal, out entry)) continue;
            if (SegmentCheck.Matches(_data, Index.RecordBytes, in entry)) return First + entry.End;
            throw new JournalException($"Records {First + entry.First} to {First + entry.End - 1} in {_path} do not have the checksum that was written with them. Bring the file back from where it was copied, or read without checking.");
        }

        throw new JournalException($"The index beside {_path} knows nothing of record {ordinal}, which it says is there. Bring it back from where it was copied, or read without checking.");
    }

    /// <summary>Unmaps it.</summary>
    public void Dispose()
    {
        _file.Unmap();
        Index.Unmap();
    }

    private bool TrySlot(long ordinal, out IndexEntry entry)
    {
        for (int slot = 0; slot < IndexFile.Slots; slot++)
        {
            entry = Index.Slot(slot);
            if (entry.IsWhole(First) && entry.First <= ordinal - First && ordinal - First < entry.End) return true;
        }

        entry = default;
        return false;
    }
}
