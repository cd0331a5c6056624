using LowLatency.Analytics.Batches;
using LowLatency.Market.Records;

namespace LowLatency.Analytics.Bars;

/// <content>Saying bars that are still open.</content>
public sealed partial class TimeBarBuilder
{
    /// <summary>Says every bar that is still open, in order of instrument and start: for the end of an input. They can go on all the same.</summary>
    /// <param name="output">Receives the bars; their input is -1.</param>
    public void SayOpenBars(EmittedList<BarRecord> output)
    {
        var emission = new Emission(output, 0, -1, 0);
        for (int instrument = 0; instrument < _instruments; instrument++)
        {
            if (_bars[instrument].Kept is null) continue;
            for (int lane = 0; lane < _intervalNs.Length; lane++)
            {
                SayWaiting(_bars[instrument], instrument, lane, emission);
                SayOpen(_bars[instrument], instrument, lane, emission);
            }
        }
    }

    private void SayChanged(ref InstrumentBars bars, int instrument, in Emission emission)
    {
        bars.Changed = false;
        bars.NextOpenNs = bars.ClockNs - (bars.ClockNs % _openEveryNs) + _openEveryNs;
        ref BarLanes lanes = ref Lanes[instrument];
        lanes.Sum(out Lanes<double> volume, out Lanes<double> vwap, out Lanes<double> buyVolume);
        for (int lane = 0; lane < _intervalNs.Length; lane++)
        {
            if (_saysWaiting) SayWaiting(bars, instrument, lane, emission);
            if (lanes.StartNs[lane] == BarLanes.NoBar) continue;
            ref BarRecord record = ref AddRecord(instrument, lane, BarState.Open, RevisionReason.None, bars.ClockNs, emission);
            lanes.Describe(lane, ref record);
            record.Volume = volume[lane];
            record.Vwap = vwap[lane];
            record.BuyVolume = buyVolume[lane];
            record.Revision = 0;
        }
    }

    private void SayOpen(in InstrumentBars bars, int instrument, int lane, in Emission emission)
    {
        if (Lanes[instrument].StartNs[lane] != BarLanes.NoBar) Say(Lanes[instrument].Get(lane), instrument, lane, BarState.Open, bars.ClockNs, emission);
    }

    private void SayWaiting(in InstrumentBars bars, int instrument, int lane, in Emission emission)
    {
        KeptBars kept = bars.Kept![lane];
        for (int i = 0; kept.Waiting > 0 && i < kept.Count; i++)
        {
            if (kept[i].Emissions == 0) Say(kept[i], instrument, lane, BarState.Open, bars.ClockNs, emission);
        }
    }
}
