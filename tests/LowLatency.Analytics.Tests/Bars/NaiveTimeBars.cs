using LowLatency.Market.Records;

namespace LowLatency.Analytics.Tests.Bars;

/// <summary>The twin of the bar builder, written from the rules and for nothing but clarity: every bar is computed anew from the list of its trades.</summary>
internal sealed class NaiveTimeBars(long[] intervalsNs, long graceNs, int revisable)
{
    private readonly Dictionary<uint, Instrument> _instruments = [];
    private long _clockEvents = long.MinValue;

    public List<Said> Output { get; } = [];

    public int TooLate { get; private set; }

    public void OnTrade(in TradeRecord trade, long input)
    {
        if (!_instruments.TryGetValue(trade.Header.Instrument, out Instrument? instrument))
        {
            instrument = new Instrument([.. intervalsNs.Select(_ => new SortedDictionary<long, Bar>())]);
            _instruments[trade.Header.Instrument] = instrument;
        }

        instrument.Clock = Math.Max(Math.Max(instrument.Clock, _clockEvents), trade.Header.EventNs);
        CloseDue(trade.Header.Instrument, instrument, input);
        for (int i = 0; i < intervalsNs.Length; i++)
        {
            long start = trade.Header.EventNs / intervalsNs[i] * intervalsNs[i];
            SortedDictionary<long, Bar> bars = instrument.Bars[i];
            if (!bars.TryGetValue(start, out Bar? bar))
            {
                bool due = start + intervalsNs[i] + graceNs <= instrument.Clock;
                long[] closed = [.. bars.Where(b => b.Value.Closed).Select(b => b.Key)];
                if (due && closed.Length == revisable && start < closed[0])
                {
                    TooLate++;
                    continue;
                }

                bar = new Bar { Closed = due };
                bars[start] = bar;
                if (due && closed.Length == revisable) bars.Remove(closed[0]);
            }

            bar.Trades.Add(trade);
            if (bar.Closed) Say(trade.Header.Instrument, i, start, bar, BarState.Revised, input);
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

    private void CloseDue(uint id, Instrument instrument, long input)
    {
        var due = new List<(long End, int Interval, long Start)>();
        for (int i = 0; i < intervalsNs.Length; i++)
        {
            foreach ((long start, Bar bar) in instrument.Bars[i])
            {
                if (!bar.Closed && start + intervalsNs[i] + graceNs <= instrument.Clock) due.Add((start + intervalsNs[i], i, start));
            }
        }

        foreach ((_, int interval, long start) in due.Order())
        {
            SortedDictionary<long, Bar> bars = instrument.Bars[interval];
            Say(id, interval, start, bars[start], BarState.Closed, input);
            bars[start].Closed = true;
            long[] closed = [.. bars.Where(b => b.Value.Closed).Select(b => b.Key)];
            if (closed.Length > revisable) bars.Remove(closed[0]);
        }
    }

    private void Say(uint instrument, int interval, long start, Bar bar, BarState state, long input)
    {
        TradeRecord[] byTime = [.. bar.Trades.OrderBy(t => t.Header.EventNs)];
        double volume = 0;
        double turnover = 0;
        double bought = 0;
        foreach (TradeRecord trade in bar.Trades)
        {
            volume += trade.Size;
            turnover += trade.Price * trade.Size;
            bought += trade.Aggressor > 0 ? trade.Size : 0;
        }

        Output.Add(new Said(
            instrument, interval, start, state, bar.Emissions++, byTime[0].Price, bar.Trades.Max(t => t.Price), bar.Trades.Min(t => t.Price), byTime[^1].Price,
            volume, volume == 0 ? byTime[^1].Price : turnover / volume, bought, (uint)bar.Trades.Count, input));
    }

    /// <summary>A bar as it was said.</summary>
    internal sealed record Said(
        uint Instrument, int Interval, long Start, BarState State, uint Revision, double Open, double High, double Low, double Close,
        double Volume, double Vwap, double Bought, uint Count, long Input)
    {
        public static Said Of(in BarRecord bar) => new(
            bar.Header.Instrument, bar.Spec, bar.StartNs, bar.State, bar.Revision, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, bar.Vwap, bar.BuyVolume, bar.Count, bar.Input);
    }

    private sealed class Bar
    {
        public List<TradeRecord> Trades { get; } = [];

        public bool Closed { get; set; }

        public uint Emissions { get; set; }
    }

    private sealed class Instrument(SortedDictionary<long, Bar>[] bars)
    {
        public SortedDictionary<long, Bar>[] Bars { get; } = bars;

        public long Clock { get; set; } = long.MinValue;
    }
}
