using LowLatency.Analytics.Indicators;
using LowLatency.Market.Records;

namespace LowLatency.Analytics.Tests.Indicators.Restatement;

/// <summary>
/// The twin of the builder, for nothing but clarity: it keeps every bar for ever and computes each value anew, in batch form, from the first bar on, whenever a
/// bar is said.
/// </summary>
internal sealed class NaiveIndicators(string[] names, bool restates)
{
    private readonly Indicator[] _indicators = [.. names.Select(IndicatorRegistry.Create)];
    private readonly Dictionary<(uint, int), SortedDictionary<long, BarRecord>> _lanes = [];
    private readonly Dictionary<(uint, int, int, long), uint> _said = [];

    /// <summary>What is to be said of closed bars, in order.</summary>
    public List<IndicatorSay> Output { get; } = [];

    /// <summary>What is to be said of open ones where there is a value, in order.</summary>
    public List<IndicatorSay> Provisional { get; } = [];

    public void On(BarRecord[] batch, int[] causes, int firstInput)
    {
        for (int i = 0; i < batch.Length; i++)
        {
            if (batch[i].State != BarState.Open)
            {
                OnClosed(batch[i], causes[i] + firstInput);
                continue;
            }

            // Bars that wait in their grace are said before the one behind them, and it builds on them.
            int first = i;
            while (first > 0 && batch[first - 1].State == BarState.Open && LaneOf(batch[first - 1]) == LaneOf(batch[i]) && batch[first - 1].Input == batch[i].Input) first--;
            OnOpen(batch[first..(i + 1)], causes[i] + firstInput);
        }
    }

    /// <summary>Keeps bars, and says nothing.</summary>
    public void Learn(BarRecord[] bars)
    {
        foreach (BarRecord bar in bars) LaneOf(bar, _lanes)[bar.StartNs] = bar;
    }

    /// <summary>The values of each closed bar as it stands.</summary>
    public IEnumerable<((uint, int, int, long) Key, string Values)> Final()
    {
        foreach (((uint instrument, int spec), SortedDictionary<long, BarRecord> bars) in _lanes)
        {
            for (int i = 0; i < _indicators.Length; i++)
            {
                string[] rows = Rows(i, [.. bars.Values]);
                int at = 0;
                foreach (long startNs in bars.Keys) yield return ((instrument, spec, i, startNs), rows[at++]);
            }
        }
    }

    private static (uint, int) LaneOf(in BarRecord bar) => (bar.Header.Instrument, bar.Spec);

    private static SortedDictionary<long, BarRecord> LaneOf(in BarRecord bar, Dictionary<(uint, int), SortedDictionary<long, BarRecord>> lanes)
    {
        if (!lanes.TryGetValue(LaneOf(bar), out SortedDictionary<long, BarRecord>? lane)) lanes[LaneOf(bar)] = lane = [];
        return lane;
    }

    private void OnClosed(in BarRecord bar, int cause)
    {
        if (bar.State == BarState.Revised && !restates) return;
        SortedDictionary<long, BarRecord> lane = LaneOf(bar, _lanes);
        lane[bar.StartNs] = bar;
        BarRecord[] bars = [.. lane.Values];
        string[][] rows = [.. _indicators.Select((_, i) => Rows(i, bars))];
        for (int at = IndexOf(bars, bar.StartNs); at < bars.Length; at++)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                (uint, int, int, long) key = (bar.Header.Instrument, bar.Spec, i, bars[at].StartNs);
                uint revision = _said.GetValueOrDefault(key);
                if (revision == 0 && rows[i][at].All(c => c is '-' or ' ')) continue;
                _said[key] = revision + 1;
                Output.Add(new IndicatorSay(bar.Header.Instrument, bar.Spec, i, bars[at].StartNs, revision, false, bar.Header.EventNs, bar.Input, cause, rows[i][at]));
            }
        }
    }

    private void OnOpen(BarRecord[] open, int cause)
    {
        BarRecord bar = open[^1];
        BarRecord[] bars = [.. LaneOf(bar, _lanes).Values, .. open];
        for (int i = 0; i < _indicators.Length; i++)
        {
            string row = Rows(i, bars)[^1];
            if (row.Any(c => c is not ('-' or ' ')))
                Provisional.Add(new IndicatorSay(bar.Header.Instrument, bar.Spec, i, bar.StartNs, 0, true, bar.Header.EventNs, bar.Input, cause, row));
        }
    }

    private static int IndexOf(BarRecord[] bars, long startNs) => Array.FindIndex(bars, b => b.StartNs == startNs);

    private string[] Rows(int indicator, BarRecord[] bars)
    {
        int outputs = _indicators[indicator].Spec.Outputs.Count;
        double[] values = new double[bars.Length * outputs];
        var columns = new TestBars(bars.Length);
        for (int i = 0; i < bars.Length; i++) columns.Set(i, bars[i].Open, bars[i].High, bars[i].Low, bars[i].Close, bars[i].Volume, bars[i].StartNs);
        _indicators[indicator].Compute(columns.Series, values);
        return [.. bars.Select((_, at) => IndicatorSay.Text([.. Enumerable.Range(0, outputs).Select(o => values[(o * bars.Length) + at])]))];
    }
}
