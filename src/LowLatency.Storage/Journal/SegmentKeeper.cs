using System.Collections.Concurrent;

namespace LowLatency.Storage.Journal;

/// <summary>
/// What is done beside appending, on a thread of its own: the next segment is made ahead, sealed ones are brought to disk and shortened, the active one is synced at intervals, old ones are removed.
/// </summary>
internal sealed class SegmentKeeper : IDisposable
{
    private const int LongestWaitMs = 10_000;

    private readonly JournalFiles _files;
    private readonly JournalSettings _settings;
    private readonly NumpyHeader _header;
    private readonly JournalRetention _retention;
    private readonly ConcurrentQueue<SegmentWriter> _sealed = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;

    // Who has it makes or begins segments.
    private readonly Lock _making = new();

    // Who has it syncs, unmaps or removes segments.
    private readonly Lock _syncing = new();

    private bool _isPrepared;
    private long _durable;
    private volatile bool _stops;
    private volatile SegmentWriter _active;
    private volatile JournalException? _fault;
    private volatile string? _makingProblem;
    private volatile string? _finishingProblem;
    private volatile string? _retentionProblem;
    private long _retainedMs = long.MinValue / 2;

    /// <summary>Makes one, with the segment to append to.</summary>
    /// <param name="files">The journal's files.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="header">NumPy's header.</param>
    /// <param name="active">The segment in which the journal goes on; null to begin one with what <paramref name="begin"/> says.</param>
    /// <param name="begin">What a new segment is.</param>
    /// <exception cref="IOException">A new segment is needed, and cannot be made.</exception>
    public SegmentKeeper(JournalFiles files, JournalSettings settings, NumpyHeader header, SegmentWriter? active, in IndexHeader begin)
    {
        _files = files;
        _settings = settings;
        _header = header;
        _retention = new JournalRetention(files, settings);
        _active = active ?? Make(in begin);
        _thread = new Thread(Run) { IsBackground = true, Name = $"journal-{settings.Name}" };
    }

    /// <summary>The segment that is appended to.</summary>
    public SegmentWriter Active => _active;

    /// <summary>The ordinal behind what is on disk.</summary>
    public long Durable => Volatile.Read(ref _durable);

    /// <summary>Why the journal cannot go on; null when it can.</summary>
    public JournalException? Fault => _fault;

    /// <summary>What could not be done and does no harm yet; null when all could.</summary>
    public string? Problem => _makingProblem ?? _finishingProblem ?? _retentionProblem;

    private bool Syncs => _settings.Durability != JournalDurability.None;

    /// <summary>Begins the work.</summary>
    public void Start()
    {
        // What was found is on disk before anything follows on it.
        if (Syncs) Sync();
        _thread.Start();
        _wake.Set();
    }

    /// <summary>Begins another segment and seals the active one. Of the appending thread.</summary>
    /// <param name="begin">What the new one is.</param>
    /// <exception cref="IOException">There is no room for it; the active one goes on as it is.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public void Roll(in IndexHeader begin)
    {
        SegmentWriter old = _active;
        SegmentWriter next = Make(in begin);
        old.Seal(begin.CreatedNs);
        // Before it is the active one no longer: who syncs finds it in one place or the other.
        _sealed.Enqueue(old);
        _active = next;
        _wake.Set();
    }

    /// <summary>Brings to disk what is committed.</summary>
    /// <exception cref="JournalException">The system could not write it; the journal cannot go on.</exception>
    public void Sync()
    {
        lock (_syncing)
        {
            while (true)
            {
                SegmentWriter active = _active;
                FinishSealed(syncs: true);
                if (active.IsFinished) continue;
                ThrowIfFailed();
                try
                {
                    _settings.Syncing?.Invoke();
                    Volatile.Write(ref _durable, active.Sync());
                    return;
                }
                catch (IOException thrown)
                {
                    throw Fail(thrown);
                }
            }
        }
    }

    /// <summary>Removes what is to go by age and size.</summary>
    /// <returns>Number of segments removed.</returns>
    public int Retain()
    {
        lock (_syncing)
        {
            FinishSealed(Syncs);
            if (!_retention.IsAsked) return 0;
            _retainedMs = Environment.TickCount64;
            int removed = _retention.Run(_settings.Clock.GetUtcNow().ToUnixTimeMilliseconds());
            _retentionProblem = _retention.Problem;
            return removed;
        }
    }

    /// <summary>Ends the work; what was appended is brought to disk where settings say so.</summary>
    public void Dispose()
    {
        _stops = true;
        _wake.Set();
        if (_thread.IsAlive) _thread.Join();
        _wake.Dispose();
        try
        {
            if (Syncs && _fault is null) Sync();
            if (_fault is null)
            {
                lock (_syncing) FinishSealed(Syncs);
            }
        }
        finally
        {
            _active.Unmap();
            SegmentFile.Discard(_files);
        }
    }

    private void Run()
    {
        while (!_stops)
        {
            _wake.WaitOne(_settings.Durability == JournalDurability.Interval ? _settings.SyncIntervalMs : LongestWaitMs);
            if (_stops) return;
            try
            {
                if (_settings.PreparesAhead) Prepare();
                // Both look at the folder: not at every sync.
                if (!_sealed.IsEmpty || Environment.TickCount64 - _retainedMs >= LongestWaitMs) Retain();
                if (_settings.Durability == JournalDurability.Interval && _fault is null && _active.End != Durable) Sync();
            }
            catch (JournalException)
            {
                // The next append throws it.
            }
            catch (Exception thrown)
            {
                // A full disk or a lost folder: the append that needs the room tells it; the thread tries again when it is woken.
                _makingProblem = thrown.Message;
            }
        }
    }

    // After a failed sync nobody knows which pages are on disk, and the next sync would not tell.
    private JournalException Fail(IOException thrown)
    {
        _fault = new JournalException($"{_files} cannot be brought to disk behind record {Durable - 1}: {thrown.Message} Look after the disk, then open the journal again: it checks what is there.", thrown);
        return _fault;
    }

    private void ThrowIfFailed()
    {
        if (_fault is { } fault) throw new JournalException(fault.Message, fault);
    }

    private void Prepare()
    {
        lock (_making)
        {
            if (_isPrepared || _stops) return;
            SegmentFile.Prepare(_files, _settings, _header);
            _isPrepared = true;
            _makingProblem = null;
        }
    }

    private SegmentWriter Make(in IndexHeader begin)
    {
        lock (_making)
        {
            if (!_isPrepared) SegmentFile.Prepare(_files, _settings, _header);
            _isPrepared = true;
            SegmentWriter made = SegmentFile.Begin(_files, in begin, _header.ShapeOffset, _settings.IndexRecords, Syncs);
            _isPrepared = false;
            _makingProblem = null;
            return made;
        }
    }

    private void FinishSealed(bool syncs)
    {
        while (_sealed.TryPeek(out SegmentWriter? segment))
        {
            if (syncs) ThrowIfFailed();
            try
            {
                if (syncs) _settings.Syncing?.Invoke();
                if (!segment.IsFinished && segment.Finish(_files, syncs) is { } problem) _finishingProblem = problem;
            }
            catch (IOException thrown)
            {
                throw Fail(thrown);
            }

            if (syncs && segment.End > Durable) Volatile.Write(ref _durable, segment.End);
            _sealed.TryDequeue(out _);
        }
    }
}
