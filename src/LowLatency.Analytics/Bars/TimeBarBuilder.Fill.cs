namespace LowLatency.Analytics.Bars;

/// <content>Flat bars for intervals without a trade (setting fill = previous).</content>
public sealed partial class TimeBarBuilder
{
    // From the first closed bar on every interval has its bar: the next one to close is the one behind the last.
    private long EarliestEndWithFlats(ref InstrumentBars bars, int lane, in BarLanes lanes)
    {
        ref LaneFill fill = ref bars.Fills![lane];
        if (fill.NextNs == long.MinValue) return EarliestEnd(bars, lane, lanes);
        int waiting = bars.Kept![lane].FirstWaiting();
        long next = waiting >= 0 ? bars.Kept[lane][waiting].StartNs : lanes.StartNs[lane];
        long until = next == BarLanes.NoBar ? bars.ClockNs - _graceNs : next;
        if ((until - fill.NextNs) / _intervalNs[lane] > _fillMost)
        {
            Counters.CountGapNotFilled();
            fill.NextNs = next == BarLanes.NoBar ? bars.Starts!.StartOf(lane, until) : next;
        }

        return bars.Starts!.EndOf(lane, fill.NextNs);
    }

    private bool IsFlat(in InstrumentBars bars, int instrument, int lane)
    {
        long start = bars.Fills![lane].NextNs;
        int waiting = bars.Kept![lane].FirstWaiting();
        return start != long.MinValue && (waiting >= 0 ? bars.Kept[lane][waiting].StartNs : Lanes[instrument].StartNs[lane]) != start;
    }

    private void CloseFlat(ref InstrumentBars bars, int instrument, int lane, long end, in Emission emission)
    {
        ref LaneFill fill = ref bars.Fills![lane];
        BarAccumulator bar = BarAccumulator.Flat(fill.NextNs, fill.Price);
        Say(bar, instrument, lane, Market.Records.BarState.Closed, end, emission);
        bar.Emissions = 1;
        bars.Kept![lane].Insert(bar);
        fill.Close(end, fill.Price);
    }
}
