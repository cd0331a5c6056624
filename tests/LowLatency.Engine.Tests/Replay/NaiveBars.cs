namespace LowLatency.Engine.Tests.Replay;

/// <summary>
/// The bars of one symbol and interval, by the plain rules: all trades of every bar are kept, and each emission is computed anew from them. Grace is 0.
/// </summary>
internal sealed class NaiveBars(long intervalNs, int revisable = 8)
{
    private readonly SortedDictionary<long, List<NaiveTrade>> _open = [];
    private readonly SortedDictionary<long, (List<NaiveTrade> Trades, long Revision)> _closed = [];
    private long _clockNs = long.MinValue;

    public List<NaiveBar> Emitted { get; } = [];

    public int TooLate { get; private set; }

    public void OnClock(long row, long eventNs)
    {
        _clockNs = Math.Max(_clockNs, eventNs);
        while (_open.Count > 0 && _open.Keys.First() + intervalNs <= _clockNs)
        {
            (long start, List<NaiveTrade> trades) = _open.First();
            _open.Remove(start);
            Emit(row, start, 0, "closed", trades);
            Keep(start, trades, 1);
        }
    }

    public void OnTrade(long row, NaiveTrade trade)
    {
        OnClock(row, trade.EventNs);
        long start = trade.EventNs / intervalNs * intervalNs;
        if (start + intervalNs > _clockNs)
        {
            if (!_open.TryGetValue(start, out List<NaiveTrade>? trades)) _open[start] = trades = [];
            trades.Add(trade);
        }
        else if (_closed.TryGetValue(start, out (List<NaiveTrade> Trades, long Revision) bar))
        {
            bar.Trades.Add(trade);
            Emit(row, start, bar.Revision, "revised", bar.Trades);
            _closed[start] = (bar.Trades, bar.Revision + 1);
        }
        else if (_closed.Count < revisable || start > _closed.Keys.First())
        {
            Emit(row, start, 0, "revised", [trade]);
            Keep(start, [trade], 1);
        }
        else
        {
            TooLate++;
        }
    }

    public void End()
    {
        foreach ((long start, List<NaiveTrade> trades) in _open) Emit(-1, start, 0, "open", trades);
    }

    private void Keep(long start, List<NaiveTrade> trades, long emissions)
    {
        _closed[start] = (trades, emissions);
        if (_closed.Count > revisable) _closed.Remove(_closed.Keys.First());
    }

    private void Emit(long row, long start, long revision, string state, List<NaiveTrade> trades)
    {
        long firstNs = trades.Min(t => t.EventNs);
        long lastNs = trades.Max(t => t.EventNs);
        double close = trades.Last(t => t.EventNs == lastNs).Price;
        double volume = trades.Sum(t => t.Size);
        Emitted.Add(new NaiveBar(
            row, start, revision, state, trades.First(t => t.EventNs == firstNs).Price, trades.Max(t => t.Price), trades.Min(t => t.Price), close, volume, trades.Count,
            volume == 0 ? close : trades.Sum(t => t.Price * t.Size) / volume, trades.Where(t => t.Side > 0).Sum(t => t.Size)));
    }
}
