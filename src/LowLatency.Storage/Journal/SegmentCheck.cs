using LowLatency.Core.Memory;

namespace LowLatency.Storage.Journal;

/// <summary>Finds out how much of a segment is whole: the entries that follow on one another and have the records that they tell of, then what the slots tell of the entry behind them.</summary>
internal ref struct SegmentCheck
{
    private readonly IndexFile _index;
    private readonly MemoryView _data;
    private readonly long _mostRecords;

    private SegmentCheck(IndexFile index, MemoryView data)
    {
        _index = index;
        _data = data;
        _mostRecords = Math.Min(index.Capacity, (data.Length - NumpyHeader.Bytes) / index.RecordBytes);
    }

    /// <summary>Number of entries that are whole.</summary>
    public int Closed { get; private set; }

    /// <summary>The entry behind them, as the best slot tells of it; without records when none does.</summary>
    public IndexEntry Open { get; private set; }

    /// <summary>Records that are whole, from the first.</summary>
    public int Records { get; private set; }

    /// <summary>Records that anything in the index speaks of.</summary>
    public long Claimed { get; private set; }

    /// <summary>The mark of the last append that is whole.</summary>
    public long Mark { get; private set; }

    /// <summary>Checks a segment.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="data">Its records' file.</param>
    /// <param name="all">Whether the records of all entries are checked, or of the last ones only, which a process may have been writing when it died.</param>
    public static SegmentCheck Of(IndexFile index, MemoryView data, bool all)
    {
        var check = new SegmentCheck(index, data) { Mark = index.MarkBefore, Open = IndexEntry.Empty(0), Claimed = Math.Clamp(index.Committed, 0, index.Capacity) };
        check.TakeEntries(all);
        check.TakeSlots();
        return check;
    }

    private void TakeEntries(bool all)
    {
        int chained = 0;
        long end = 0;
        for (; chained < _index.EntryCapacity; chained++)
        {
            IndexEntry entry = _index.Entry(chained);
            if (!Follows(entry, end)) break;
            end = entry.End;
        }

        Claimed = Math.Max(Claimed, end);
        for (int i = 0; i < chained; i++)
        {
            IndexEntry entry = _index.Entry(i);
            if ((all || i == chained - 1) && !HasItsRecords(entry)) break;
            Closed = i + 1;
            Records = (int)entry.End;
            Mark = entry.Mark;
        }

        Open = IndexEntry.Empty(Records);
    }

    private void TakeSlots()
    {
        int behind = Records;
        for (int i = 0; i < IndexFile.Slots; i++)
        {
            IndexEntry entry = _index.Slot(i);
            // A slot that is from another place of the segment is older than the entries, or newer than what of them is whole.
            if (entry.Count == 0 || !entry.IsWhole(_index.First)) continue;
            Claimed = Math.Max(Claimed, Math.Min(entry.End, _index.Capacity));
            if (!Follows(entry, behind) || entry.End <= Records || !HasItsRecords(entry)) continue;
            Open = entry;
            Records = (int)entry.End;
            Mark = entry.Mark;
        }
    }

    private readonly bool Follows(in IndexEntry entry, long end) => entry.IsWhole(_index.First) && entry.First == end && entry.End <= _mostRecords;

    private readonly bool HasItsRecords(in IndexEntry entry) => Matches(_data, _index.RecordBytes, in entry);

    /// <summary>Whether an entry's records have the checksum that it tells.</summary>
    /// <param name="data">The records' file.</param>
    /// <param name="recordBytes">Bytes of a record.</param>
    /// <param name="entry">The entry.</param>
    public static bool Matches(MemoryView data, int recordBytes, in IndexEntry entry)
    {
        const int step = 1 << 20;
        uint checksum = RecordChecksum.Start;
        long end = NumpyHeader.Bytes + (entry.End * recordBytes);
        for (long at = NumpyHeader.Bytes + ((long)entry.First * recordBytes); at < end; at += step)
            checksum = RecordChecksum.Append(checksum, data.Bytes(at, (int)Math.Min(step, end - at)));
        return checksum == entry.RecordsChecksum;
    }
}
