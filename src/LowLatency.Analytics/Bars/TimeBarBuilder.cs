using System.Runtime.CompilerServices;
using LowLatency.Analytics.Batches;
using LowLatency.Core.Memory;
using LowLatency.Market.Calendars;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Analytics.Bars;

/// <summary>
/// Builds time bars of up to eight intervals from normalised ticks. A bar [start, start + D) closes when the instrument's clock, the largest event
/// time of its trades and of clock events, reaches start + D + grace. Late trades update open bars and revise closed ones. Single-threaded.
/// </summary>
/// <remarks>
/// Most trades take the short way: not late, and inside all open bars, so that one vector update serves every interval. The long way below handles
/// each interval by itself. Bars that are due together close in order of their end, then of D; a tick first closes, then is added.
/// </remarks>
public sealed partial class TimeBarBuilder
{
    private readonly long[] _intervalNs;
    private readonly int[] _spec;
    private readonly long _graceNs;
    private readonly long _openEveryNs;
    private readonly int _revisable;
    private readonly bool _fills;
    private readonly long _fillMost;
    private readonly int _correctableTrades;
    private readonly bool _saysWaiting;
    private readonly Func<uint, SessionCalendar?>? _calendarOf;
    private readonly BarStarts _utc;
    private readonly Dictionary<SessionCalendar, BarStarts> _starts = [];
    // Aligned, so that no vector of a lane straddles two cache lines.
    private AlignedMemory<BarLanes> _laneMemory;
    private InstrumentBars[] _bars = [];
    private int _instruments;
    private long _clockNs = long.MinValue;

    /// <summary>Makes one.</summary>
    /// <param name="settings">Its settings; read once, here.</param>
    /// <param name="specs">The intervals, 1 to 8 different ones; a record's spec is an index into it.</param>
    /// <param name="correctableTrades">How many of an instrument's last accepted trades a cancel or a correction can name: as many as for the normaliser.</param>
    /// <param name="calendarOf">The calendar of an instrument's daily and weekly bars, asked for once; null, or an answer of null, for UTC.</param>
    /// <param name="saysWaiting">Whether bars that wait in their grace are said as open too, before the one behind them: for values that build on them.</param>
    /// <exception cref="ArgumentException">There are none, more than eight, two are the same, or one is not of time.</exception>
    public TimeBarBuilder(BarSettings settings, IReadOnlyList<BarSpec> specs, int correctableTrades = 4096, Func<uint, SessionCalendar?>? calendarOf = null, bool saysWaiting = false)
    {
        if (specs.Count is < 1 or > BarLanes.Count || specs.Any(s => s.Kind != BarKind.Time) || specs.Select(s => s.IntervalNs).Distinct().Count() != specs.Count)
            throw new ArgumentException($"There are 1 to {BarLanes.Count} intervals, no two of the same length.", nameof(specs));
        // Lanes in order of length: bars that end together close in this order.
        _spec = [.. Enumerable.Range(0, specs.Count).OrderBy(i => specs[i].IntervalNs)];
        _intervalNs = [.. _spec.Select(i => specs[i].IntervalNs)];
        _graceNs = settings.GraceNs;
        _openEveryNs = settings.OpenEveryMs * 1_000_000L;
        _revisable = settings.Revisable;
        _fills = settings.Fill == BarFill.Previous;
        _fillMost = settings.FillMost;
        _correctableTrades = correctableTrades;
        _calendarOf = calendarOf;
        _saysWaiting = saysWaiting;
        _utc = new BarStarts(_intervalNs, null);
    }

    private Span<BarLanes> Lanes => _laneMemory.Span;

    /// <summary>What became of the bars.</summary>
    public BarCounters Counters { get; } = new();

    /// <summary>Handles a batch.</summary>
    /// <param name="ticks">Normalised ticks and clock events; quotes are passed over.</param>
    /// <param name="causes">For each tick the place in the batch of its input record.</param>
    /// <param name="firstInput">Position in the whole input of the batch's first record.</param>
    /// <param name="output">Receives the bars, in order of emission.</param>
    public void Build(ReadOnlySpan<TickRecord> ticks, ReadOnlySpan<int> causes, long firstInput, EmittedList<BarRecord> output)
    {
        for (int i = 0; i < ticks.Length; i++)
        {
            ref readonly TickRecord tick = ref ticks[i];
            if (tick.Header.Type == RecordType.Trade)
            {
                if ((tick.Header.Flags & RecordFlags.Suspect) != 0) continue;
                if (IsQuiet(tick.Trade)) i += AddRun(ticks[i..]) - 1;
                else OnTrade(tick.Trade, new Emission(output, causes[i], firstInput + causes[i], tick.Header.ReceiveNs));
            }
            else if (tick.Header.Type is RecordType.Cancel or RecordType.Correction)
            {
                OnCorrection(tick.Trade, new Emission(output, causes[i], firstInput + causes[i], tick.Header.ReceiveNs));
            }
            else if (tick.Header.Type == RecordType.Clock)
            {
                OnClock(tick.Header.EventNs, new Emission(output, causes[i], firstInput + causes[i], tick.Header.ReceiveNs));
            }
        }
    }

    // Whether a trade is not late, falls into all open bars, closes none and makes none be said; the first with an id sets up what corrections need.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsQuiet(in TradeRecord trade)
    {
        if (trade.Header.Instrument >= (uint)_instruments) return false;
        ref readonly InstrumentBars bars = ref _bars[trade.Header.Instrument];
        return trade.Header.EventNs < bars.QuietUntilNs && (trade.Header.Flags & RecordFlags.Late) == 0 && (bars.Correctable is not null || trade.TradeId == 0);
    }

    private int AddRun(ReadOnlySpan<TickRecord> ticks)
    {
        uint instrument = ticks[0].Header.Instrument;
        ref InstrumentBars bars = ref _bars[instrument];
        int taken = Lanes[(int)instrument].AddRun(ticks, new TickRun(instrument, bars.QuietUntilNs, bars.Correctable is not null), out long lastNs);
        bars.ClockNs = Math.Max(bars.ClockNs, lastNs);
        bars.Changed = true;
        if (bars.Correctable is not null) KeepRun(ref bars, ticks[..taken]);
        return taken;
    }

    private void OnTrade(in TradeRecord trade, in Emission emission)
    {
        int instrument = (int)trade.Header.Instrument;
        if (instrument >= _instruments) EnsureInstrument(instrument);
        ref InstrumentBars bars = ref _bars[instrument];
        if (bars.Correctable is not null || trade.TradeId != 0) KeepTrade(ref bars, instrument, trade);
        if (trade.Header.EventNs < bars.SettledUntilNs && (trade.Header.Flags & RecordFlags.Late) == 0)
        {
            Lanes[instrument].AddWhereOpen(BarTrade.Of(trade));
            bars.ClockNs = Math.Max(bars.ClockNs, trade.Header.EventNs);
        }
        else
        {
            AddApart(ref bars, instrument, trade, emission);
        }

        bars.Changed = true;
        if (bars.ClockNs >= bars.NextOpenNs && _openEveryNs != 0) SayChanged(ref bars, instrument, emission);
        SetQuiet(ref bars);
    }

    private void OnClock(long eventNs, in Emission emission)
    {
        if (eventNs <= _clockNs) return;
        _clockNs = eventNs;
        for (int instrument = 0; instrument < _instruments; instrument++)
        {
            ref InstrumentBars bars = ref _bars[instrument];
            if (bars.Kept is null || eventNs <= bars.ClockNs) continue;
            bars.ClockNs = eventNs;
            if (eventNs >= bars.DueNs)
            {
                CloseDue(ref bars, instrument, emission);
                Settle(ref bars, instrument);
            }

            if (bars.Changed && eventNs >= bars.NextOpenNs && _openEveryNs != 0) SayChanged(ref bars, instrument, emission);
            SetQuiet(ref bars);
        }
    }

    private void AddApart(ref InstrumentBars bars, int instrument, in TradeRecord trade, in Emission emission)
    {
        if (bars.Kept is null) Begin(ref bars, instrument);
        // A clock event may have come before the instrument's first trade.
        bars.ClockNs = Math.Max(bars.ClockNs, Math.Max(_clockNs, trade.Header.EventNs));
        if (bars.ClockNs >= bars.DueNs) CloseDue(ref bars, instrument, emission);
        var added = BarTrade.Of(trade);
        uint done = (trade.Header.Flags & RecordFlags.Late) == 0 ? Lanes[instrument].AddWhereOpen(added) : 0;
        for (int lane = 0; lane < _intervalNs.Length; lane++)
        {
            if ((done & (1u << lane)) == 0) AddToLane(ref bars, instrument, lane, added, emission);
        }

        Settle(ref bars, instrument);
    }

    private void AddToLane(ref InstrumentBars bars, int instrument, int lane, in BarTrade trade, in Emission emission)
    {
        ref BarLanes lanes = ref Lanes[instrument];
        KeptBars kept = bars.Kept![lane];
        long start = bars.Starts!.StartOf(lane, trade.EventNs);
        long open = lanes.StartNs[lane];
        if (start == open)
        {
            BarAccumulator bar = lanes.Get(lane);
            bar.Add(trade);
            lanes.Set(lane, bar, lanes.EndNs[lane]);
            return;
        }

        long end = bars.Starts.EndOf(lane, start);
        bool due = end + _graceNs <= bars.ClockNs;
        int at = kept.IndexOf(start);
        if (at >= 0)
        {
            ref BarAccumulator bar = ref kept[at];
            bar.Add(trade);
            if (bar.Emissions > 0) Revise(ref bars, ref bar, instrument, lane, trade.EventNs, RevisionReason.Late, emission);
        }
        else if (due)
        {
            if (kept.HasRoomFor(start))
            {
                BarAccumulator bar = BarAccumulator.Begin(start, trade);
                Revise(ref bars, ref bar, instrument, lane, trade.EventNs, RevisionReason.Late, emission);
                kept.Insert(bar);
            }
            else
            {
                Counters.CountTooLate();
            }
        }
        else if (start > open)
        {
            // The bar before is over but in its grace: it waits among the kept ones.
            if (open != BarLanes.NoBar) kept.Insert(lanes.Get(lane));
            lanes.Set(lane, BarAccumulator.Begin(start, trade), end);
        }
        else
        {
            kept.Insert(BarAccumulator.Begin(start, trade));
        }
    }

    private void CloseDue(ref InstrumentBars bars, int instrument, in Emission emission)
    {
        while (true)
        {
            int lane = -1;
            long end = long.MaxValue;
            for (int i = 0; i < _intervalNs.Length; i++)
            {
                long laneEnd = _fills ? EarliestEndWithFlats(ref bars, i, Lanes[instrument]) : EarliestEnd(bars, i, Lanes[instrument]);
                // Lanes come in order of D, so that of equal ends the first one stands.
                if (laneEnd >= end || laneEnd > bars.ClockNs - _graceNs) continue;
                lane = i;
                end = laneEnd;
            }

            if (lane < 0) return;
            CloseEarliest(ref bars, instrument, lane, end, emission);
        }
    }

    private void CloseEarliest(ref InstrumentBars bars, int instrument, int lane, long end, in Emission emission)
    {
        KeptBars kept = bars.Kept![lane];
        Counters.CountClosed();
        if (_fills && IsFlat(bars, instrument, lane))
        {
            CloseFlat(ref bars, instrument, lane, end, emission);
            return;
        }

        if (kept.FirstWaiting() is var waiting && waiting >= 0)
        {
            Say(kept[waiting], instrument, lane, BarState.Closed, end, emission);
            kept[waiting].Emissions = 1;
            if (_fills) bars.Fills![lane].Close(end, kept[waiting].Close);
            kept.CountClosed();
            return;
        }

        BarAccumulator bar = Lanes[instrument].Get(lane);
        Lanes[instrument].Clear(lane);
        if (_fills) bars.Fills![lane].Close(end, bar.Close);
        Say(bar, instrument, lane, BarState.Closed, end, emission);
        bar.Emissions = 1;
        kept.Insert(bar);
    }

    // Waiting bars are older than the one in the lane.
    private static long EarliestEnd(in InstrumentBars bars, int lane, in BarLanes lanes)
    {
        KeptBars kept = bars.Kept![lane];
        return kept.Waiting == 0 ? lanes.EndNs[lane] : bars.Starts!.EndOf(lane, kept[kept.FirstWaiting()].StartNs);
    }

    private void Revise(ref InstrumentBars bars, ref BarAccumulator bar, int instrument, int lane, long eventNs, RevisionReason why, in Emission emission)
    {
        Counters.CountRevised();
        Say(bar, instrument, lane, BarState.Revised, eventNs, emission, why);
        bar.Emissions++;
        if (_fills) bars.Fills![lane].Revise(bars.Starts!.EndOf(lane, bar.StartNs), bar.Close);
    }

    private void Say(in BarAccumulator bar, int instrument, int lane, BarState state, long eventNs, in Emission emission, RevisionReason why = RevisionReason.None)
    {
        ref BarRecord record = ref AddRecord(instrument, lane, state, why, eventNs, emission);
        double volume = bar.Volume.Value;
        record.StartNs = bar.StartNs;
        record.EndNs = _bars[instrument].Starts!.EndOf(lane, bar.StartNs);
        record.Open = bar.Open;
        record.High = bar.High;
        record.Low = bar.Low;
        record.Close = bar.Close;
        record.Volume = volume;
        record.Vwap = volume == 0 ? bar.Close : bar.Turnover.Value / volume;
        record.BuyVolume = bar.BuyVolume.Value;
        record.Count = (uint)bar.Count;
        record.Revision = bar.Emissions;
    }

    // Field by field, each of them: a whole new record would be made elsewhere and copied. What the bar itself tells is left to the caller.
    private ref BarRecord AddRecord(int instrument, int lane, BarState state, RevisionReason why, long eventNs, in Emission emission)
    {
        ref BarRecord record = ref emission.Output.Add(emission.Cause);
        record.Header.Type = RecordType.Bar;
        record.Header.Source = 0;
        record.Header.Flags = 0;
        record.Header.Instrument = (uint)instrument;
        record.Header.EventNs = eventNs;
        record.Header.ReceiveNs = emission.ReceiveNs;
        record.Header.Sequence = 0;
        record.Spec = (ushort)_spec[lane];
        record.State = state;
        record.Why = why;
        record.Level = 0;
        record.Input = emission.Input;
        return ref record;
    }

    /// <summary>Finds anew until when trades fall into all open bars, and when the next bar is due.</summary>
    private void Settle(ref InstrumentBars bars, int instrument)
    {
        ref BarLanes lanes = ref Lanes[instrument];
        long settled = long.MaxValue;
        long due = long.MaxValue;
        for (int lane = 0; lane < _intervalNs.Length; lane++)
        {
            settled = Math.Min(settled, lanes.StartNs[lane] == BarLanes.NoBar ? long.MinValue : lanes.EndNs[lane]);
            long end = _fills ? EarliestEndWithFlats(ref bars, lane, lanes) : EarliestEnd(bars, lane, lanes);
            if (end != long.MaxValue) due = Math.Min(due, end + _graceNs);
        }

        bars.SettledUntilNs = Math.Min(settled, due);
        bars.DueNs = due;
        SetQuiet(ref bars);
    }

    private void SetQuiet(ref InstrumentBars bars) =>
        bars.QuietUntilNs = _openEveryNs == 0 ? bars.SettledUntilNs : bars.ClockNs >= bars.NextOpenNs ? long.MinValue : Math.Min(bars.SettledUntilNs, bars.NextOpenNs);

    private void Begin(ref InstrumentBars bars, int instrument)
    {
        bars.Starts = StartsOf((uint)instrument);
        if (_fills) bars.Fills = [.. _intervalNs.Select(_ => new LaneFill())];
        bars.Kept = new KeptBars[_intervalNs.Length];
        for (int lane = 0; lane < bars.Kept.Length; lane++) bars.Kept[lane] = new KeptBars(_revisable);
        bars.ClockNs = long.MinValue;
        bars.DueNs = long.MaxValue;
        bars.NextOpenNs = _openEveryNs == 0 ? long.MaxValue : long.MinValue;
        for (int lane = 0; lane < BarLanes.Count; lane++) Lanes[instrument].Clear(lane);
    }

    private BarStarts StartsOf(uint instrument)
    {
        if (_calendarOf?.Invoke(instrument) is not { } calendar) return _utc;
        if (!_starts.TryGetValue(calendar, out BarStarts? starts)) _starts[calendar] = starts = new BarStarts(_intervalNs, calendar);
        return starts;
    }

    private void EnsureInstrument(int instrument)
    {
        _instruments = instrument + 1;
        if (_instruments <= _bars.Length) return;
        int count = Math.Max(16, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)_instruments));
        int before = _bars.Length;
        Array.Resize(ref _bars, count);
        _laneMemory = _laneMemory.Grown(count);
        for (int i = before; i < count; i++) _bars[i].SettledUntilNs = _bars[i].QuietUntilNs = long.MinValue;
    }

    /// <summary>Where to emit to, and what caused it.</summary>
    private readonly ref struct Emission(EmittedList<BarRecord> output, int cause, long input, long receiveNs)
    {
        public readonly EmittedList<BarRecord> Output = output;
        public readonly int Cause = cause;
        public readonly long Input = input;
        public readonly long ReceiveNs = receiveNs;
    }
}
