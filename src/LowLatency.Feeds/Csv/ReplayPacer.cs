namespace LowLatency.Feeds.Csv;

/// <summary>Says when a row of a file is due, from its event time and the time that has passed since the first row.</summary>
/// <param name="speed">How fast; not max.</param>
/// <param name="maxGapNs">The longest wait between two rows in nanoseconds of the file's time; 0: no limit.</param>
internal struct ReplayPacer(ReplaySpeed speed, long maxGapNs)
{
    private readonly double _perNs = speed.IsMax ? 0 : 1 / speed.Factor;
    private readonly long _maxGapNs = maxGapNs;
    private bool _started;
    private long _startNs;
    private long _lastEventNs;
    private double _lastDueNs;

    /// <summary>When the row asked for last is due, on the clock's monotonic time.</summary>
    public long DueNs { get; private set; }

    /// <summary>Whether a row is due; when it is, the next rows are measured from it.</summary>
    /// <param name="eventNs">The row's event time; 0 when it has none: such a row is due at once.</param>
    /// <param name="nowNs">The clock's monotonic time.</param>
    public bool IsDue(long eventNs, long nowNs)
    {
        if (eventNs == 0) return true;
        if (!_started)
        {
            _started = true;
            _startNs = nowNs;
            _lastEventNs = eventNs;
            return true;
        }

        long gapNs = eventNs - _lastEventNs;
        if (gapNs <= 0)
        {
            // Time that goes back is not waited for, and what follows is measured from there.
            _lastEventNs = eventNs;
            return true;
        }

        if (_maxGapNs > 0 && gapNs > _maxGapNs) gapNs = _maxGapNs;
        double due = _lastDueNs + (gapNs * _perNs);
        DueNs = due < long.MaxValue / 2 ? _startNs + (long)due : long.MaxValue;
        if (DueNs > nowNs) return false;
        _lastEventNs = eventNs;
        _lastDueNs = due;
        return true;
    }
}
