namespace LowLatency.Storage.Journal;

/// <summary>
/// Reads a journal in place, in any process, while it is written: what is committed, across segments, and the tail as it grows. It belongs to one thread.
/// </summary>
public sealed class JournalReader : IDisposable
{
    private readonly JournalFiles _files;
    private readonly bool _verifies;
    private SegmentReader? _segment;
    private long _position;
    private long _verified;
    private bool _disposed;

    private JournalReader(JournalFiles files, bool verifies)
    {
        _files = files;
        _verifies = verifies;
    }

    /// <summary>Ordinal of the next record to be read.</summary>
    public long Position => _position;

    /// <summary>What the last read found.</summary>
    public JournalReaderState State { get; private set; }

    /// <summary>Bytes of a record.</summary>
    public int RecordBytes { get; private set; }

    /// <summary>The epoch of the segment that was read last.</summary>
    public long Epoch { get; private set; }

    /// <summary>The caller's block of the segment that was read last.</summary>
    public ReadOnlyMemory<byte> CallerBlock { get; private set; }

    /// <summary>Ordinal of the first record there is.</summary>
    /// <exception cref="JournalException">There is no such journal any more.</exception>
    public long FirstOrdinal => Segments()[0];

    /// <summary>The ordinal behind the last committed record.</summary>
    /// <exception cref="JournalException">There is no such journal any more.</exception>
    public long NextOrdinal
    {
        get
        {
            if (_segment is { Index.IsSealed: false } tail) return tail.End;
            using SegmentReader last = OpenAt(Segments().Length - 1);
            return last.End;
        }
    }

    /// <summary>Opens a journal at its first record.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="name">Its name.</param>
    /// <param name="verifies">Whether records are held against their checksums as they are read.</param>
    /// <exception cref="JournalException">There is no such journal; or a file is damaged, of a newer version, or cannot be read.</exception>
    public static JournalReader Open(string folder, string name, bool verifies = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!JournalFiles.IsName(name)) throw new JournalException($"A journal cannot be called '{name}': a name has 1 to 64 letters, digits, _ and -.");
        var reader = new JournalReader(new JournalFiles(folder, name), verifies);
        reader.Enter(reader.OpenAt(0));
        reader._position = reader._segment!.First;
        return reader;
    }

    /// <summary>The next records, where they lie.</summary>
    /// <param name="mostRecords">How many at most, 1 or more.</param>
    /// <returns>Their bytes, valid until the next call of this reader, which is to be kept so long, and not to be touched after it: they are unmapped; none when <see cref="State"/> is at the end or gone.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mostRecords"/> is less than 1.</exception>
    /// <exception cref="JournalException">A file is damaged or cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The reader is closed.</exception>
    public ReadOnlySpan<byte> Next(int mostRecords = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mostRecords, 1);
        if (!TryStand(out long end)) return default;
        if (_verifies)
        {
            if (_position >= _verified) _verified = _segment!.Verify(_position);
            end = Math.Min(end, _verified);
        }

        int count = (int)Math.Min(Math.Min(mostRecords, end - _position), int.MaxValue / RecordBytes);
        ReadOnlySpan<byte> records = _segment!.Records(_position, count);
        _position += count;
        return records;
    }

    /// <summary>Copies the next records.</summary>
    /// <param name="destination">Room for one at least.</param>
    /// <returns>Number of records copied; 0 when <see cref="State"/> is at the end or gone.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has no room for a record.</exception>
    /// <exception cref="JournalException">A file is damaged or cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The reader is closed.</exception>
    public int Read(Span<byte> destination)
    {
        if (destination.Length < RecordBytes) throw new ArgumentException($"There is no room for a record of {RecordBytes} bytes in {destination.Length}.", nameof(destination));
        ReadOnlySpan<byte> records = Next(destination.Length / RecordBytes);
        records.CopyTo(destination);
        return records.Length / RecordBytes;
    }

    /// <summary>Goes to a record, or to the end.</summary>
    /// <param name="ordinal">From 0 to <see cref="NextOrdinal"/>; one that retention has removed is found gone by the next read.</param>
    /// <exception cref="JournalException">It is behind the end: it was read from a journal whose tail was cut since, or from another.</exception>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public void Seek(long ordinal)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(ordinal);
        if (_segment is null || ordinal < _segment.First || ordinal > _segment.End)
        {
            long next = NextOrdinal;
            if (ordinal > next) throw new JournalException($"Record {ordinal} is behind the end of {_files}, {next}: its tail was cut, or the ordinal is another journal's. Begin at {next} or before.");
            Leave();
        }

        _position = ordinal;
        _verified = 0;
        State = JournalReaderState.Records;
    }

    /// <summary>Goes to the first index entry with a mark: every record before it was appended with a lesser one. With appends smaller than an entry, some behind it were too.</summary>
    /// <param name="mark">The mark.</param>
    /// <exception cref="JournalException">A file is damaged or cannot be read.</exception>
    public void SeekMark(long mark)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Leave();
        long[] segments = Segments();
        int low = 0;
        int high = segments.Length - 1;
        // The last segment before which all marks are lesser.
        while (low < high)
        {
            int middle = (low + high + 1) >>> 1;
            using SegmentReader at = OpenAt(segments, middle);
            if (at.Index.MarkBefore < mark) low = middle;
            else high = middle - 1;
        }

        using SegmentReader segment = OpenAt(segments, low);
        Seek(segment.FindMark(mark));
    }

    /// <summary>Goes to the first index entry with a record of a time or later: every record before it is earlier. Some behind it may be too, because records need not be in the order of their times.</summary>
    /// <param name="time">Which time.</param>
    /// <param name="fromNs">Nanoseconds since 1970.</param>
    /// <exception cref="JournalException">A file is damaged or cannot be read.</exception>
    public void SeekTime(JournalTime time, long fromNs)
    {
        Seek(FirstOrdinal);
        TryBlock(new JournalFilter { Time = time, FromNs = fromNs }, out _);
    }

    /// <summary>Reads what a filter wants, from its first ordinal on; with this reader, whose position goes along.</summary>
    /// <param name="filter">What is wanted.</param>
    /// <exception cref="JournalException">The first ordinal is behind the end.</exception>
    public JournalRange Range(in JournalFilter filter)
    {
        Seek(Math.Max(filter.FromOrdinal, FirstOrdinal));
        return new JournalRange(this, in filter);
    }

    /// <summary>Closes it; records that it gave may not be touched any more.</summary>
    public void Dispose()
    {
        _disposed = true;
        Leave();
    }

    /// <summary>Goes over records that cannot match, by the index alone.</summary>
    /// <param name="filter">What is wanted.</param>
    /// <param name="end">The ordinal before which records may match.</param>
    /// <returns>Whether there are any.</returns>
    internal bool TryBlock(in JournalFilter filter, out long end)
    {
        while (TryStand(out end))
        {
            SegmentReader segment = _segment!;
            if (_position == segment.First && segment.Index.IsSealed && !filter.MayMatch(segment.Index.Summary))
            {
                _position = segment.End;
                continue;
            }

            // What is not in a closed entry yet is looked at.
            if (!segment.TryEntry(_position, out IndexEntry entry)) return true;
            end = segment.First + entry.End;
            if (filter.MayMatch(in entry)) return true;
            _position = end;
        }

        return false;
    }

    /// <summary>Goes back to a record of the segment that was read last.</summary>
    /// <param name="ordinal">The record's.</param>
    internal void Return(long ordinal) => _position = ordinal;

    // Whether there are records at the position; then a segment is open, and they are in it to the end.
    private bool TryStand(out long end)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        while (true)
        {
            end = 0;
            if (_segment is null && !TryEnter()) return false;
            SegmentReader segment = _segment!;
            end = segment.End;
            if (_position < end)
            {
                State = JournalReaderState.Records;
                return true;
            }

            if (_position > end) throw new JournalException($"Record {_position} is behind the end of {_files.Data(segment.First)}, {end}: the journal's tail was cut since it was read. Begin at {end} or before.");
            if (!segment.Index.IsSealed)
            {
                State = JournalReaderState.AtEnd;
                return false;
            }

            // The last records may have come before it was sealed and after the look at the end.
            if (segment.End == end && !TryEnter()) return false;
        }
    }

    private bool TryEnter()
    {
        // The next segment has the name of its first record: no look at the folder is needed.
        if (SegmentReader.TryOpen(_files, _position) is { } next)
        {
            if (next.First != _segment?.First || !next.Index.IsSealed) return Enter(next);
            // An empty one that another is about to take the place of.
            next.Dispose();
            State = JournalReaderState.AtEnd;
            return false;
        }

        long[] segments = Segments();
        int at = Array.BinarySearch(segments, _position);
        if (at < 0) at = ~at - 1;
        if (at >= 0 && segments[at] != _segment?.First)
        {
            SegmentReader? holder = SegmentReader.TryOpen(_files, segments[at]);
            if (holder is not null && _position <= holder.End && (_position < holder.End || at == segments.Length - 1)) return Enter(holder);
            holder?.Dispose();
        }
        else if (at == segments.Length - 1 && _segment is not null)
        {
            // Sealed, and nothing follows: the writer was closed, or died, in that moment.
            State = JournalReaderState.AtEnd;
            return false;
        }

        Leave();
        State = JournalReaderState.Gone;
        return false;
    }

    private bool Enter(SegmentReader segment)
    {
        Leave();
        _segment = segment;
        RecordBytes = segment.Index.RecordBytes;
        Epoch = segment.Index.Epoch;
        CallerBlock = segment.Index.CallerBlock;
        return true;
    }

    private void Leave()
    {
        _segment?.Dispose();
        _segment = null;
    }

    private long[] Segments()
    {
        long[] segments = [.. _files.Segments().Where(first => File.Exists(_files.Data(first)))];
        return segments.Length != 0 ? segments : throw new JournalException($"There is no journal {_files.Name} in {_files.Folder}: no segment {Path.GetFileName(_files.Data(0))} or later. Look after folder and name, or open it for writing first.");
    }

    // From the folder as it is now: retention may remove what was just listed.
    private SegmentReader OpenAt(int index) => OpenAt(Segments(), index);

    private SegmentReader OpenAt(long[] segments, int index)
    {
        for (; index < segments.Length; index++)
        {
            if (SegmentReader.TryOpen(_files, segments[index]) is { } segment) return segment;
        }

        return OpenAt(Segments().Length - 1);
    }
}
