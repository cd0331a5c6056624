namespace LowLatency.Analytics.Bars;

/// <summary>
/// The bars of one instrument and interval that have left their lane, in order of their start: the last closed ones, which late trades can still
/// revise, and those that wait in their grace.
/// </summary>
/// <param name="revisable">How many closed bars are kept.</param>
internal sealed class KeptBars(int revisable)
{
    private BarAccumulator[] _bars = new BarAccumulator[revisable + 1];
    private int _closed;

    public int Count { get; private set; }

    /// <summary>How many there is room for without another allocation.</summary>
    public int Capacity => _bars.Length;

    /// <summary>How many of them wait in their grace.</summary>
    public int Waiting => Count - _closed;

    public ref BarAccumulator this[int index] => ref _bars[index];

    /// <summary>Where the bar with that start is; -1 when it is not kept.</summary>
    public int IndexOf(long startNs)
    {
        for (int i = Count - 1; i >= 0 && _bars[i].StartNs >= startNs; i--)
        {
            if (_bars[i].StartNs == startNs) return i;
        }

        return -1;
    }

    /// <summary>Where the first bar is that waits in its grace; -1 when none does.</summary>
    public int FirstWaiting()
    {
        for (int i = 0; Waiting > 0 && i < Count; i++)
        {
            if (_bars[i].Emissions == 0) return i;
        }

        return -1;
    }

    /// <summary>Whether a closed bar with that start would be kept.</summary>
    public bool HasRoomFor(long startNs) => _closed < revisable || startNs > OldestClosed();

    /// <summary>Takes a bar in; a closed one beyond the limit pushes the oldest closed one out.</summary>
    public void Insert(in BarAccumulator bar)
    {
        if (Count == _bars.Length) Array.Resize(ref _bars, _bars.Length * 2);
        int at = Count;
        while (at > 0 && _bars[at - 1].StartNs > bar.StartNs) at--;
        Array.Copy(_bars, at, _bars, at + 1, Count - at);
        _bars[at] = bar;
        Count++;
        if (bar.Emissions > 0) CountClosed();
    }

    /// <summary>Takes a waiting bar out: it has lost its last trade.</summary>
    public void RemoveWaiting(int index)
    {
        Count--;
        Array.Copy(_bars, index + 1, _bars, index, Count - index);
    }

    /// <summary>Takes the newest bar out that waits in its grace.</summary>
    public bool TryTakeNewestWaiting(out BarAccumulator bar)
    {
        for (int i = Count - 1; i >= 0 && Waiting > 0; i--)
        {
            if (_bars[i].Emissions > 0) continue;
            bar = _bars[i];
            RemoveWaiting(i);
            return true;
        }

        bar = default;
        return false;
    }

    /// <summary>To be called when a waiting bar has been closed: it counts among the closed ones now.</summary>
    public void CountClosed()
    {
        _closed++;
        if (_closed <= revisable) return;
        int oldest = 0;
        while (_bars[oldest].Emissions == 0) oldest++;
        Array.Copy(_bars, oldest + 1, _bars, oldest, Count - oldest - 1);
        Count--;
        _closed--;
    }

    private long OldestClosed()
    {
        int oldest = 0;
        while (_bars[oldest].Emissions == 0) oldest++;
        return _bars[oldest].StartNs;
    }
}
