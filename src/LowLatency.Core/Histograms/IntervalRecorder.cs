namespace LowLatency.Core.Histograms;

/// <summary>
/// Records values from many threads without locks and without allocation, and hands out what was recorded interval by interval: every value is in
/// exactly one interval.
/// </summary>
/// <remarks>
/// Two histograms take turns: writers record into the active one, the reader has the other. A write costs three atomic additions, all on words
/// that the writers share; where one thread records, a <see cref="LatencyHistogram"/> of its own is cheaper.
/// </remarks>
public sealed class IntervalRecorder
{
    private readonly WriterReaderPhaser _phaser = new();
    private readonly Lock _taking = new();
    private LatencyHistogram _active;
    private LatencyHistogram _taken;

    /// <summary>Makes a recorder of everything from 0 to 2^63 - 1 with two significant digits.</summary>
    public IntervalRecorder()
        : this(1, long.MaxValue, 2)
    {
    }

    /// <summary>Makes a recorder.</summary>
    /// <param name="lowestDiscernible">As in <see cref="LatencyHistogram(long, long, int)"/>.</param>
    /// <param name="highestTrackable">As there.</param>
    /// <param name="significantDigits">As there.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public IntervalRecorder(long lowestDiscernible, long highestTrackable, int significantDigits)
    {
        _active = new LatencyHistogram(lowestDiscernible, highestTrackable, significantDigits);
        _taken = new LatencyHistogram(lowestDiscernible, highestTrackable, significantDigits);
    }

    /// <summary>Records a value. Any thread.</summary>
    /// <param name="value">As in <see cref="LatencyHistogram.Record"/>.</param>
    public void Record(long value) => RecordWithCount(value, 1);

    /// <summary>Records a value several times, all in the same interval. Any thread.</summary>
    /// <param name="value">As in <see cref="LatencyHistogram.Record"/>.</param>
    /// <param name="count">How often; 0 or less records nothing.</param>
    public void RecordWithCount(long value, long count)
    {
        long ticket = _phaser.Enter();
        Active().RecordShared(value, count);
        // No finally: nothing above throws, whatever the value.
        _phaser.Leave(ticket);
    }

    /// <summary>Records a value and those that coordinated omission left out, all in the same interval. Any thread.</summary>
    /// <param name="value">As in <see cref="LatencyHistogram.Record"/>.</param>
    /// <param name="expectedInterval">As in <see cref="LatencyHistogram.RecordCorrected"/>.</param>
    public void RecordCorrected(long value, long expectedInterval)
    {
        long ticket = _phaser.Enter();
        Active().RecordCorrectedShared(value, expectedInterval);
        _phaser.Leave(ticket);
    }

    /// <summary>
    /// Ends the interval and begins the next one. Waits for writers that are in the midst of recording (nanoseconds, or as long as the scheduler
    /// keeps one of them from its processor); writers wait for nothing.
    /// </summary>
    /// <returns>
    /// What was recorded since the previous call. It is the caller's until the next call, which empties and reuses it: copy it to keep it longer.
    /// Several callers therefore have to agree among themselves.
    /// </returns>
    public LatencyHistogram TakeInterval()
    {
        lock (_taking)
        {
            LatencyHistogram ended = _active;
            _taken.Reset();
            // Release: a writer that finds the histogram here, be it before the phase is flipped, finds it empty.
            Volatile.Write(ref _active, _taken);
            _phaser.Flip();
            ended.SettleCount();
            _taken = ended;
            return ended;
        }
    }

    // Acquire: pairs with the release with which it was put in place.
    private LatencyHistogram Active() => Volatile.Read(ref _active);
}
