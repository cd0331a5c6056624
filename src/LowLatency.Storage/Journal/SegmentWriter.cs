using LowLatency.Core.Memory;

namespace LowLatency.Storage.Journal;

/// <summary>
/// The segment that is written: records, then the entry that tells of them, then the word that readers go by. One thread appends; another may sync meanwhile.
/// </summary>
internal sealed class SegmentWriter
{
    private const int NoSlot = -1;

    private readonly MappedFile _file;
    private readonly IndexFile _index;
    private readonly MemoryView _data;
    private readonly MappedWord _committedWord;
    private readonly MappedWord _shapeWord;
    private readonly int _recordBytes;
    private readonly int _indexRecords;

    // Of the appending thread.
    private IndexEntry _open;
    private int _committed;
    private int _closed;
    private int _turn;

    // Where the entry that is not closed yet is whole; read by syncs.
    private volatile int _newestSlot = NoSlot;

    // Of syncs.
    private int _syncTurn;

    /// <summary>Takes over a segment as it is: new, or recovered.</summary>
    /// <param name="file">Its records, mapped for writing.</param>
    /// <param name="index">Its index, mapped for writing.</param>
    /// <param name="shapeOffset">Where NumPy's number of records is.</param>
    /// <param name="indexRecords">Records of an entry at the least.</param>
    /// <param name="open">The entry that is not closed yet.</param>
    public SegmentWriter(MappedFile file, IndexFile index, int shapeOffset, int indexRecords, in IndexEntry open)
    {
        _file = file;
        _index = index;
        _data = file.View;
        _committedWord = index.CommittedWord;
        _shapeWord = _data.WordAt(shapeOffset);
        _recordBytes = index.RecordBytes;
        _indexRecords = indexRecords;
        _open = open;
        _committed = (int)index.Committed;
        _closed = index.Closed;
        Capacity = index.Capacity;
        First = index.First;
        if (open.Count == 0) return;
        index.PutSlot(0, in open);
        index.PutSlot(IndexFile.SyncSlot, in open);
        _newestSlot = 0;
        _turn = 1;
        _syncTurn = 1;
    }

    /// <summary>Ordinal of its first record.</summary>
    public long First { get; }

    /// <summary>Most records.</summary>
    public int Capacity { get; }

    /// <summary>Records for which there is room.</summary>
    public int Room => Capacity - _committed;

    /// <summary>Ordinal behind its last record.</summary>
    public long End => First + _committed;

    /// <summary>Whether it is sealed and unmapped.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Its index.</summary>
    public IndexFile Index => _index;

    /// <summary>Appends records for which there is room.</summary>
    /// <param name="records">Their bytes.</param>
    /// <param name="mark">The caller's mark.</param>
    public void Append(ReadOnlySpan<byte> records, long mark)
    {
        _data.PutBytes(NumpyHeader.Bytes + ((long)_committed * _recordBytes), records);
        _open.Add(records, _recordBytes, mark);
        _open.Seal(First);
        _committed = (int)_open.End;
        // A mapping's words are stored in this order even when the process dies in between: who finds the entry finds its records, who finds the word finds the entry.
        if (_open.Count >= _indexRecords && _closed < _index.EntryCapacity - 1)
        {
            Close();
        }
        else
        {
            _index.PutSlot(_turn, in _open);
            _newestSlot = _turn;
            _turn ^= 1;
        }

        _committedWord.SetOrdered(_committed);
        _shapeWord.SetOrdered(NumpyHeader.ShapeOf(_committed));
    }

    /// <summary>Says that no more comes; what follows must be there already.</summary>
    /// <param name="nowNs">When: nanoseconds since 1970.</param>
    public void Seal(long nowNs)
    {
        if (_open.Count > 0) Close();
        _index.Seal(nowNs);
    }

    /// <summary>Brings to disk what is committed. Of the syncing thread.</summary>
    /// <returns>The ordinal behind what is on disk.</returns>
    public long Sync()
    {
        long committed = _index.Committed;
        int slot;
        while ((slot = _newestSlot) != NoSlot)
        {
            // The slot is written by turns meanwhile: a copy that is not whole is taken again. A copy that is, has all that was committed before.
            IndexEntry entry = _index.Slot(slot);
            if (!entry.IsWhole(First)) continue;
            // Written by syncs alone, by turns: when the machine dies in this one, that of the last is whole on disk.
            _index.PutSlot(IndexFile.SyncSlot + _syncTurn, in entry);
            committed = entry.End;
            break;
        }

        _file.Flush();
        _index.Flush();
        if (slot != NoSlot) _syncTurn ^= 1;
        return First + committed;
    }

    /// <summary>Ends with a sealed segment: brings it to disk if asked to, unmaps it, and gives back the room that it did not need.</summary>
    /// <param name="files">The journal's files.</param>
    /// <param name="syncs">Whether it is brought to disk.</param>
    /// <returns>Why the room could not be given back; null when it was.</returns>
    public string? Finish(JournalFiles files, bool syncs)
    {
        if (syncs)
        {
            Sync();
            _index.SetDurable();
        }

        Unmap();
        try
        {
            SegmentFile.Shorten(files.Data(First), NumpyHeader.Bytes + ((long)_committed * _recordBytes));
            SegmentFile.Shorten(files.Index(First), IndexFile.LengthOf(_closed));
            return null;
        }
        catch (Exception thrown) when (thrown is IOException or UnauthorizedAccessException)
        {
            // Where readers hinder it (Windows): the file is longer than it need be, and valid.
            return $"{files.Data(First)} keeps room that it does not need: {thrown.Message}";
        }
    }

    /// <summary>Unmaps it as it is.</summary>
    public void Unmap()
    {
        IsFinished = true;
        _file.Unmap();
        _index.Unmap();
    }

    private void Close()
    {
        _index.PutEntry(_closed, in _open);
        _newestSlot = NoSlot;
        _closed++;
        _index.Closed = _closed;
        _open = IndexEntry.Empty(_committed);
    }
}
