using LowLatency.Market.Records;

namespace LowLatency.Analytics.Bars;

/// <content>Cancels and corrections: the bars that held the trade become what its surviving trades make of them.</content>
public sealed partial class TimeBarBuilder
{
    // Before the trade goes to the bars: what these are now is what the first kept trade finds.
    private void KeepTrade(ref InstrumentBars bars, int instrument, in TradeRecord trade)
    {
        if (bars.Kept is null) Begin(ref bars, instrument);
        bars.Correctable ??= new CorrectableBars(_correctableTrades, instrument, bars.Starts!, bars.Kept!, Lanes[instrument]);
        bars.Correctable.Add(trade);
    }

    private static void KeepRun(ref InstrumentBars bars, ReadOnlySpan<TickRecord> ticks)
    {
        foreach (ref readonly TickRecord tick in ticks)
        {
            if (tick.Header.Type == RecordType.Trade && (tick.Header.Flags & RecordFlags.Suspect) == 0) bars.Correctable!.Add(tick.Trade);
        }
    }

    private void OnCorrection(in TradeRecord reference, in Emission emission)
    {
        int instrument = (int)reference.Header.Instrument;
        if (instrument >= _instruments || _bars[instrument].Correctable is not { } correctable) return;
        ref InstrumentBars bars = ref _bars[instrument];
        int place = correctable.Trades.IndexOf(reference.TradeId, reference.Header.Source);
        if (place < 0) return;
        ref KeptTrade trade = ref correctable.Trades[place];
        RevisionReason why = RevisionReason.Cancel;
        if (reference.Header.Type == RecordType.Cancel)
        {
            trade.Cancelled = true;
        }
        else
        {
            why = RevisionReason.Correction;
            trade.Price = reference.Price;
            trade.Size = reference.Size;
        }

        for (int lane = 0; lane < _intervalNs.Length; lane++) RebuildInLane(ref bars, instrument, lane, trade.EventNs, why, emission);
        Settle(ref bars, instrument);
        bars.Changed = true;
    }

    private void RebuildInLane(ref InstrumentBars bars, int instrument, int lane, long eventNs, RevisionReason why, in Emission emission)
    {
        long start = bars.Starts!.StartOf(lane, eventNs);
        KeptBars kept = bars.Kept![lane];
        if (Lanes[instrument].StartNs[lane] == start)
        {
            // A bar without trades is none; what waits in its grace is older than the lane's bar, so that the newest of it takes the place.
            BarAccumulator open = bars.Correctable!.Rebuild(lane, start);
            if (open.Count > 0) Lanes[instrument].Set(lane, open, bars.Starts.EndOf(lane, start));
            else if (kept.TryTakeNewestWaiting(out BarAccumulator newest)) Lanes[instrument].Set(lane, newest, bars.Starts.EndOf(lane, newest.StartNs));
            else Lanes[instrument].Clear(lane);
            return;
        }

        int at = kept.IndexOf(start);
        // The trade was too late for this lane, or the bar cannot be revised any more.
        if (at < 0) return;
        BarAccumulator bar = bars.Correctable!.Rebuild(lane, start);
        bar.Emissions = kept[at].Emissions;
        kept[at] = bar;
        if (bar.Emissions > 0) Revise(ref bars, ref kept[at], instrument, lane, eventNs, why, emission);
        else if (bar.Count == 0) kept.RemoveWaiting(at);
    }
}
