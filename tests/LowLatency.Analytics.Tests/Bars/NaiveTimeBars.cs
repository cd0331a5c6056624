using LowLatency.Market.Records;

namespace LowLatency.Analytics.Tests.Bars;

/// <summary>The twin of the bar builder, written from the rules and for nothing but clarity: every bar is computed anew from the list of its surviving trades.</summary>
internal sealed class NaiveTimeBars(long[] intervalsNs, long graceNs, int revisable, bool fill = false, int correctable = 4096)
{
    private readonly Dictionary<uint, Instrument> _instruments = [];
    private long _clockEvents = long.MinValue;

    public List<Said> Output { get; } = [];

    public int TooLate { get; private set; }

    /// <summary>Changes that came too late for the bars of an interval: the time of the trade that would have been there, changed or gone.</summary>
    public List<(uint Instrument, int Interval, long EventNs)> Missed { get; } = [];

    public void On(in TickRecord tick, long input)
    {
        switch (tick.Header.Type)
        {
            case RecordType.Trade when (tick.Header.Flags & RecordFlags.Suspect) == 0:
                OnTrade(tick.Trade, input);
                break;
            case RecordType.Clock:
                OnClock(tick.Header.EventNs, input);
                break;
            case RecordType.Cancel or RecordType.Correction:
                OnReference(tick.Trade, input);
                break;
        }
    }

    public void OnTrade(in TradeRecord record, long input)
    {
        if (!_instruments.TryGetValue(record.Header.Instrument, out Instrument? instrument))
        {
            instrument = new Instrument(intervalsNs.Length);
            _instruments[record.Header.Instrument] = instrument;
        }

        var trade = new Trade { Record = record };
        // Before the first id no trade can be named.
        if (record.TradeId != 0 || instrument.Accepted.Count > 0) instrument.Accepted.Add(trade);
        instrument.Clock = Math.Max(Math.Max(instrument.Clock, _clockEvents), record.Header.EventNs);
        CloseDue(record.Header.Instrument, instrument, input);
        for (int i = 0; i < intervalsNs.Length; i++)
        {
            long start = record.Header.EventNs / intervalsNs[i] * intervalsNs[i];
            SortedDictionary<long, Bar> bars = instrument.Bars[i];
            if (!bars.TryGetValue(start, out Bar? bar))
            {
                bool due = start + intervalsNs[i] + graceNs <= instrument.Clock;
                long[] closed = [.. bars.Where(b => b.Value.Closed).Select(b => b.Key)];
                if (due && closed.Length == revisable && start < closed[0])
                {
                    TooLate++;
                    Missed.Add((record.Header.Instrument, i, record.Header.EventNs));
                    continue;
                }

                bar = new Bar { Closed = due };
                bars[start] = bar;
                if (due && closed.Length == revisable) bars.Remove(closed[0]);
            }

            bar.Trades.Add(trade);
            if (bar.Closed) Say(record.Header.Instrument, i, start, bar, BarState.Revised, input);
        }
    }

    public void OnClock(long eventNs, long input)
    {
        if (eventNs <= _clockEvents) return;
        _clockEvents = eventNs;
        foreach ((uint id, Instrument instrument) in _instruments.OrderBy(p => p.Key))
        {
            instrument.Clock = Math.Max(instrument.Clock, eventNs);
            CloseDue(id, instrument, input);
        }
    }

    private void OnReference(in TradeRecord reference, long input)
    {
        (ulong id, byte source) = (reference.TradeId, reference.Header.Source);
        Instrument instrument = _instruments[reference.Header.Instrument];
        Trade? trade = instrument.Accepted.TakeLast(correctable).LastOrDefault(t => t.Record.TradeId == id && t.Record.Header.Source == source && !t.Cancelled);
        Assert.NotNull(trade);
        bool cancel = reference.Header.Type == RecordType.Cancel;
        trade.Cancelled = cancel;
        if (!cancel) (trade.Record.Price, trade.Record.Size) = (reference.Price, reference.Size);
        for (int i = 0; i < intervalsNs.Length; i++)
        {
            if (!instrument.Bars[i].Any(b => b.Value.Trades.Contains(trade))) Missed.Add((reference.Header.Instrument, i, trade.Record.Header.EventNs));
            foreach ((long start, Bar bar) in instrument.Bars[i].Where(b => b.Value.Trades.Contains(trade)).ToList())
            {
                if (cancel) bar.Trades.Remove(trade);
                bar.Flat = double.NaN;
                if (bar.Closed) Say(reference.Header.Instrument, i, start, bar, BarState.Revised, input);
                else if (bar.Trades.Count == 0) instrument.Bars[i].Remove(start);
            }
        }
    }

    private void CloseDue(uint id, Instrument instrument, long input)
    {
        while (true)
        {
            (long End, int Interval, long Start) next = (long.MaxValue, 0, 0);
            for (int i = 0; i < intervalsNs.Length; i++)
            {
                foreach ((long start, Bar bar) in instrument.Bars[i])
                {
                    if (!bar.Closed && (start + intervalsNs[i], i, start).CompareTo(next) < 0) next = (start + intervalsNs[i], i, start);
                }

                if (fill && instrument.FilledUntil[i] is { } filled && (filled + intervalsNs[i], i, filled).CompareTo(next) < 0) next = (filled + intervalsNs[i], i, filled);
            }

            if (next.End == long.MaxValue || next.End + graceNs > instrument.Clock) return;
            Close(id, instrument, next.Interval, next.Start, input);
        }
    }

    private void Close(uint id, Instrument instrument, int interval, long start, long input)
    {
        SortedDictionary<long, Bar> bars = instrument.Bars[interval];
        if (!bars.TryGetValue(start, out Bar? bar)) bars[start] = bar = new Bar { Flat = LastClose(bars, start, instrument.LastPrice[interval]) };
        Said said = Say(id, interval, start, bar, BarState.Closed, input);
        bar.Closed = true;
        instrument.FilledUntil[interval] = start + intervalsNs[interval];
        instrument.LastPrice[interval] = double.IsNaN(said.Close) ? instrument.LastPrice[interval] : said.Close;
        long[] closed = [.. bars.Where(b => b.Value.Closed).Select(b => b.Key)];
        if (closed.Length > revisable) bars.Remove(closed[0]);
    }

    // The close of the bar before as it is now; when that has lost its trades, as it was.
    private static double LastClose(SortedDictionary<long, Bar> bars, long start, double before)
    {
        Bar last = bars.Last(b => b.Key < start).Value;
        double close = last.Trades.Count == 0 ? last.Flat : last.Trades.OrderBy(t => t.Record.Header.EventNs).Last().Record.Price;
        return double.IsNaN(close) ? last.LastNumber : close;
    }

    private Said Say(uint instrument, int interval, long start, Bar bar, BarState state, long input)
    {
        Trade[] byTime = [.. bar.Trades.OrderBy(t => t.Record.Header.EventNs)];
        ExactSum volume = default;
        ExactSum turnover = default;
        ExactSum bought = default;
        foreach (Trade trade in bar.Trades)
        {
            volume.Add(trade.Record.Size);
            turnover.Add(trade.Record.Price * trade.Record.Size);
            bought.Add(trade.Record.Aggressor > 0 ? trade.Record.Size : 0);
        }

        bool empty = byTime.Length == 0;
        double close = empty ? bar.Flat : byTime[^1].Record.Price;
        if (!double.IsNaN(close)) bar.LastNumber = close;
        Output.Add(new Said(
            instrument, interval, start, state, bar.Emissions++, empty ? bar.Flat : byTime[0].Record.Price, empty ? bar.Flat : byTime.Max(t => t.Record.Price),
            empty ? bar.Flat : byTime.Min(t => t.Record.Price), close, volume.Value, volume.Value == 0 ? close : turnover.Value / volume.Value, bought.Value, (uint)byTime.Length, input));
        return Output[^1];
    }

    /// <summary>A bar as it was said.</summary>
    internal sealed record Said(
        uint Instrument, int Interval, long Start, BarState State, uint Revision, double Open, double High, double Low, double Close,
        double Volume, double Vwap, double Bought, uint Count, long Input)
    {
        public static Said Of(in BarRecord bar) => new(
            bar.Header.Instrument, bar.Spec, bar.StartNs, bar.State, bar.Revision, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, bar.Vwap, bar.BuyVolume, bar.Count, bar.Input);
    }

    private sealed class Trade
    {
        public TradeRecord Record;

        public bool Cancelled { get; set; }
    }

    private sealed class Bar
    {
        public List<Trade> Trades { get; } = [];

        public bool Closed { get; set; }

        public uint Emissions { get; set; }

        /// <summary>Its price while it has no trades.</summary>
        public double Flat { get; set; } = double.NaN;

        public double LastNumber { get; set; } = double.NaN;
    }

    private sealed class Instrument(int intervals)
    {
        public SortedDictionary<long, Bar>[] Bars { get; } = [.. Enumerable.Range(0, intervals).Select(_ => new SortedDictionary<long, Bar>())];

        public long?[] FilledUntil { get; } = new long?[intervals];

        public double[] LastPrice { get; } = [.. Enumerable.Repeat(double.NaN, intervals)];

        public List<Trade> Accepted { get; } = [];

        public long Clock { get; set; } = long.MinValue;
    }
}
