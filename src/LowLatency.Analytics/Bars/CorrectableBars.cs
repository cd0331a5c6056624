namespace LowLatency.Analytics.Bars;

/// <summary>
/// What it takes to build the bars of one instrument again after a cancel: its last trades, and, for each bar that can still change, what the
/// trades before those have made of it. So a rebuilt bar is that of all its surviving trades, however many it has had.
/// </summary>
/// <remarks>
/// A trade that is pushed out of the kept ones is added to the base of its bar in each lane. As in the builder most of them go to all current bars at
/// once. The bases are as many as the bars that can change: those of older bars are dropped.
/// </remarks>
internal sealed class CorrectableBars
{
    private readonly BarStarts _starts;
    private readonly KeptBars[] _kept;
    private readonly BarAccumulator[][] _older;
    private readonly int[] _olderCount;
    private BarLanes _current;
    private long _settledUntilNs = long.MinValue;

    /// <summary>Begins with what the bars are now.</summary>
    public CorrectableBars(int capacity, int instrument, BarStarts starts, KeptBars[] kept, in BarLanes open)
    {
        _starts = starts;
        _kept = kept;
        Trades = new KeptTrades(capacity, instrument);
        _older = new BarAccumulator[kept.Length][];
        _olderCount = new int[kept.Length];
        for (int lane = 0; lane < BarLanes.Count; lane++) _current.Clear(lane);
        for (int lane = 0; lane < kept.Length; lane++)
        {
            _older[lane] = new BarAccumulator[kept[lane].Capacity + 2];
            for (int i = 0; i < kept[lane].Count; i++) Put(lane, kept[lane][i]);
            if (open.StartNs[lane] != BarLanes.NoBar) _current.Set(lane, open.Get(lane), open.EndNs[lane]);
        }

        Settle();
    }

    public KeptTrades Trades { get; }

    /// <summary>Keeps a trade.</summary>
    public void Add(in Market.Records.TradeRecord trade)
    {
        if (Trades.IsFull)
        {
            Fold(Trades.Spare);
            Trades.RemoveOldest();
        }

        Trades.Add(trade);
    }

    /// <summary>The bar of a lane as its surviving trades make it; without trades and prices when none survives.</summary>
    public BarAccumulator Rebuild(int lane, long startNs)
    {
        BarAccumulator bar = BarAccumulator.Empty(startNs);
        if (_current.StartNs[lane] == startNs) bar = _current.Get(lane);
        else if (IndexOf(lane, startNs) is var at && at >= 0) bar = _older[lane][at];
        long endNs = _starts.EndOf(lane, startNs);
        for (int i = 0; i < Trades.Count; i++)
        {
            ref readonly KeptTrade trade = ref Trades[i];
            if (trade.EventNs >= startNs && trade.EventNs < endNs && !trade.Cancelled) bar.Add(trade.Trade);
        }

        return bar;
    }

    private void Fold(ReadOnlySpan<KeptTrade> trades)
    {
        while (!trades.IsEmpty)
        {
            int taken = _current.AddRun(trades, new KeptRun(_settledUntilNs), out _);
            if (taken == 0)
            {
                for (int lane = 0; lane < _kept.Length; lane++) FoldApart(lane, trades[0].Trade);
                Settle();
                taken = 1;
            }

            trades = trades[taken..];
        }
    }

    private void FoldApart(int lane, in BarTrade trade)
    {
        long start = _starts.StartOf(lane, trade.EventNs);
        long current = _current.StartNs[lane];
        if (start == current)
        {
            BarAccumulator bar = _current.Get(lane);
            bar.Add(trade);
            _current.Set(lane, bar, _current.EndNs[lane]);
            return;
        }

        int at = IndexOf(lane, start);
        if (start > current)
        {
            if (current != BarLanes.NoBar) Put(lane, _current.Get(lane));
            BarAccumulator bar = at < 0 ? BarAccumulator.Empty(start) : Take(lane, start);
            bar.Add(trade);
            _current.Set(lane, bar, _starts.EndOf(lane, start));
        }
        else if (at >= 0)
        {
            _older[lane][at].Add(trade);
        }
        else
        {
            Put(lane, BarAccumulator.Begin(start, trade));
        }
    }

    private void Settle()
    {
        _settledUntilNs = long.MaxValue;
        for (int lane = 0; lane < _kept.Length; lane++)
        {
            long start = _current.StartNs[lane];
            _settledUntilNs = Math.Min(_settledUntilNs, start == BarLanes.NoBar ? long.MinValue : _current.EndNs[lane]);
        }
    }

    private int IndexOf(int lane, long startNs)
    {
        BarAccumulator[] older = _older[lane];
        for (int i = 0; i < _olderCount[lane]; i++)
        {
            if (older[i].StartNs == startNs) return i;
        }

        return -1;
    }

    private BarAccumulator Take(int lane, long startNs)
    {
        int at = IndexOf(lane, startNs);
        BarAccumulator bar = _older[lane][at];
        _older[lane][at] = _older[lane][--_olderCount[lane]];
        return bar;
    }

    // Bars older than all that are kept will not be asked for again.
    private void Put(int lane, in BarAccumulator bar)
    {
        long oldest = _kept[lane].Count == 0 ? long.MinValue : _kept[lane][0].StartNs;
        ref int count = ref _olderCount[lane];
        for (int i = count - 1; i >= 0; i--)
        {
            if (_older[lane][i].StartNs < oldest) _older[lane][i] = _older[lane][--count];
        }

        if (bar.StartNs < oldest || bar.Count == 0) return;
        if (count == _older[lane].Length) Array.Resize(ref _older[lane], count * 2);
        _older[lane][count++] = bar;
    }
}
