namespace LowLatency.Storage.Journal;

/// <summary>
/// Appends records of one length to a journal: a folder of memory-mapped segments, each a NumPy file, with an index beside each. One thread appends; it allocates nothing, and waits for nothing
/// but the disk where <see cref="JournalDurability.Batch"/> asks for it. The next segment is made ahead by a thread of the journal's own.
/// </summary>
/// <remarks>An append is whole or not there: for readers, after the process's death, and after the machine's crash.</remarks>
public sealed class JournalWriter : IDisposable
{
    private readonly JournalFiles _files;
    private readonly JournalSettings _settings;
    private readonly JournalLock _lock;
    private readonly SegmentKeeper _keeper;
    private readonly int _recordBytes;
    private readonly int _recordShift;
    private readonly bool _syncsAppends;

    private SegmentWriter _active;
    private long _epoch;
    private ReadOnlyMemory<byte> _callerBlock;
    private bool _disposed;

    private JournalWriter(JournalSettings settings, JournalFiles files, JournalLock held)
    {
        _settings = settings;
        _files = files;
        _lock = held;
        _recordBytes = settings.RecordBytes;
        _recordShift = int.Log2(_recordBytes);
        _syncsAppends = settings.Durability == JournalDurability.Batch;
        _epoch = settings.Epoch;
        _callerBlock = settings.CallerBlock.ToArray();
        var header = new NumpyHeader(_recordBytes, settings.Fields ?? NumpyField.Header(_recordBytes));
        var opening = new JournalOpening(files, settings, header);
        Recovery = opening.Open();
        Mark = Recovery.Mark;
        try
        {
            _keeper = new SegmentKeeper(files, settings, header, opening.Active, HeaderAt(Recovery.NextOrdinal));
        }
        catch
        {
            opening.Active?.Unmap();
            throw;
        }

        _active = _keeper.Active;
        try
        {
            _keeper.Start();
        }
        catch
        {
            _active.Unmap();
            throw;
        }
    }

    /// <summary>What opening it found, and what it cut.</summary>
    public JournalRecovery Recovery { get; }

    /// <summary>Ordinal of the next record to be appended: the first record of a journal has 0.</summary>
    public long NextOrdinal => _active.End;

    /// <summary>The ordinal behind the last record that is known to be on disk; with <see cref="JournalDurability.None"/> it moves with <see cref="Sync"/> only. Any thread may ask.</summary>
    public long DurableOrdinal => _keeper.Durable;

    /// <summary>The mark of the last append; <see cref="long.MinValue"/> when there was none.</summary>
    public long Mark { get; private set; }

    /// <summary>Why the last append was refused; null when it was not.</summary>
    public string? Refusal { get; private set; }

    /// <summary>What could not be done beside appending and does no harm yet: a next segment that is not there yet, room that cannot be given back, a segment kept for a cursor. Null when all could.</summary>
    public string? Problem => _keeper.Problem;

    /// <summary>Opens a journal for writing, or makes it. What a crash left half done is finished or cut: <see cref="Recovery"/> tells.</summary>
    /// <param name="settings">How it is written.</param>
    /// <exception cref="JournalException">A setting is wrong; another process writes it; a file is missing, damaged beyond the tail, of a newer version or of other records; there is no room.</exception>
    public static JournalWriter Open(JournalSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        var files = new JournalFiles(settings.Folder, settings.Name);
        try
        {
            Directory.CreateDirectory(files.Folder);
            JournalLock held = JournalLock.Take(files);
            try
            {
                return new JournalWriter(settings, files, held);
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
        catch (Exception thrown) when (thrown is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"{files} cannot be opened for writing: {thrown.Message}", thrown);
        }
    }

    /// <summary>Appends records, all or none.</summary>
    /// <param name="records">Their bytes, one after another; at most <see cref="JournalSettings.SegmentRecords"/> of them. None is no append.</param>
    /// <param name="mark">A number of the caller's, by which the place is found again: never less than that of the append before.</param>
    /// <returns>Whether they were appended; if not, nothing was, <see cref="Refusal"/> says why, and the same call may be made again: it goes on when there is room.</returns>
    /// <exception cref="ArgumentException">The bytes are no whole records, or more than a segment holds.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mark"/> is less than the one before.</exception>
    /// <exception cref="JournalException">The disk failed when it was synced: the journal is to be opened again.</exception>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    public bool Append(ReadOnlySpan<byte> records, long mark)
    {
        if (_disposed || _keeper.Fault is not null || mark < Mark || (records.Length & (_recordBytes - 1)) != 0) ThrowCannot(records.Length, mark);
        int count = records.Length >> _recordShift;
        if (count == 0) return true;
        if (count > _active.Room && !TryRoll(count)) return false;
        _active.Append(records, mark);
        Mark = mark;
        Refusal = null;
        if (_syncsAppends) _keeper.Sync();
        return true;
    }

    /// <summary>Brings to disk what was appended, whatever the durability.</summary>
    /// <exception cref="JournalException">The system could not write it: the journal is to be opened again.</exception>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    public void Sync()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _keeper.Sync();
    }

    /// <summary>Begins another segment, with an epoch and a block of its own, which later segments have too. Of the appending thread.</summary>
    /// <param name="epoch">The caller's number.</param>
    /// <param name="callerBlock">The caller's block, at most <see cref="JournalSettings.CallerBlockBytes"/> bytes.</param>
    /// <returns>Whether it was begun; if not, <see cref="Refusal"/> says why, and the call may be made again.</returns>
    /// <exception cref="ArgumentException">The block is too long.</exception>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    public bool Roll(long epoch, ReadOnlyMemory<byte> callerBlock)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (callerBlock.Length > JournalSettings.CallerBlockBytes) throw new ArgumentException($"A caller's block has at most {JournalSettings.CallerBlockBytes} bytes, not {callerBlock.Length}.", nameof(callerBlock));
        (long oldEpoch, ReadOnlyMemory<byte> oldBlock) = (_epoch, _callerBlock);
        _epoch = epoch;
        _callerBlock = callerBlock.ToArray();
        if (_active.End == _active.First)
        {
            // Another segment would have its name.
            _active.Index.Rename(HeaderAt(_active.First) with { Capacity = _active.Capacity });
            return true;
        }

        if (TryRoll(0)) return true;
        (_epoch, _callerBlock) = (oldEpoch, oldBlock);
        return false;
    }

    /// <summary>Removes sealed segments by age and size now; the journal's thread does so too, after each segment and every 10 s.</summary>
    /// <returns>Number of segments removed.</returns>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    public int Retain()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _keeper.Retain();
    }

    /// <summary>Closes it: with a durability other than none all of it is on disk then.</summary>
    /// <exception cref="JournalException">The disk failed.</exception>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        try
        {
            _keeper.Dispose();
        }
        finally
        {
            _lock.Dispose();
        }
    }

    private bool TryRoll(int count)
    {
        if (count > _settings.SegmentRecords) throw new ArgumentException($"An append has at most a segment's {_settings.SegmentRecords} records, not {count}: append them in parts, or raise journal.segment_records.");
        try
        {
            _keeper.Roll(HeaderAt(_active.End));
            _active = _keeper.Active;
            return true;
        }
        catch (Exception thrown) when (thrown is IOException or UnauthorizedAccessException)
        {
            Refusal = $"{_files} cannot begin another segment: {thrown.Message} Make room, or let retention remove more; the same append may be made again.";
            return false;
        }
    }

    private IndexHeader HeaderAt(long first) =>
        new(_recordBytes, _settings.SegmentRecords, first, _epoch, _settings.Clock.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000, Mark, _callerBlock, MachineStart.Current);

    private void ThrowCannot(int bytes, long mark)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_keeper.Fault is { } fault) throw new JournalException(fault.Message, fault);
        if (mark < Mark) throw new ArgumentOutOfRangeException(nameof(mark), mark, $"A mark never falls; the one before was {Mark}.");
        throw new ArgumentException($"{bytes} bytes are no whole records of {_recordBytes} bytes.", nameof(bytes));
    }
}
