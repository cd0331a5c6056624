using LowLatency.Analytics.Batches;
using LowLatency.Market.Records;

namespace LowLatency.Analytics.Alerts;

/// <summary>How far a batch's lists have been taken: each hands out what the input records up to a cause have made, in order.</summary>
internal sealed class AlertQueue
{
    /// <summary>Stands for no place.</summary>
    public static readonly (uint Instrument, long Ns) Nothing = (uint.MaxValue, long.MaxValue);

    private int _bar;
    private int _indicator;
    private int _imbalance;
    private int _intensity;
    private int _spike;
    private int _reversal;
    private int _alike;
    private int _bare;

    /// <summary>Place of the imbalance taken last.</summary>
    public int LastImbalance => _imbalance - 1;

    /// <summary>Begins a batch.</summary>
    public void Begin() => _bar = _indicator = _imbalance = _intensity = _spike = _reversal = _alike = _bare = 0;

    /// <summary>Finds the next closed bar, and does not take it.</summary>
    public bool TryClosed(in AlertInput input, int cause, out int place)
    {
        ReadOnlySpan<BarRecord> bars = input.Bars.Items;
        ReadOnlySpan<int> causes = input.Bars.Causes;
        for (; _bar < bars.Length && causes[_bar] <= cause && bars[_bar].State != BarState.Closed; _bar++) PassOver(input, bars[_bar], causes[_bar]);
        place = _bar;
        return _bar < bars.Length && causes[_bar] <= cause;
    }

    /// <summary>Takes it.</summary>
    public void TakeClosed() => _bar++;

    /// <summary>Takes the next value of an indicator on a bar that closed; what is provisional or restated is passed over.</summary>
    /// <param name="input">The batch.</param>
    /// <param name="bar">The bar.</param>
    /// <param name="cause">What closed it.</param>
    /// <param name="before">The indicator taken before; -1 at first.</param>
    /// <param name="place">Its place.</param>
    public bool TryIndicator(in AlertInput input, in BarRecord bar, int cause, ref int before, out int place)
    {
        DropOthers(input, cause);
        place = _indicator;
        if (!IsOf(input, place, bar, cause) || input.Indicators.Items[place].Indicator <= before) return false;
        before = input.Indicators.Items[place].Indicator;
        _indicator++;
        return true;
    }

    /// <summary>
    /// Whether the next closed bar has no indicator's values though the queue seems to have some: a trade can lay several bricks that look alike, and while
    /// indicators warm up the values are the last ones'.
    /// </summary>
    public bool IsBare(in AlertInput input, int cause)
    {
        if (_alike == 0)
        {
            DropOthers(input, cause);
            ReadOnlySpan<BarRecord> bars = input.Bars.Items;
            while (_bar + _alike < bars.Length && input.Bars.Causes[_bar + _alike] == input.Bars.Causes[_bar] && AreAlike(bars[_bar], bars[_bar + _alike])) _alike++;
            _bare = _alike == 1 ? 0 : _alike - CountRounds(input, bars[_bar], cause);
        }

        _alike--;
        return _bare-- > 0;
    }

    /// <summary>Takes the next imbalance.</summary>
    public bool TryImbalance(in AlertInput input, int cause, out int place) => Take(input.Imbalances, cause, ref _imbalance, out place);

    /// <summary>Takes the next sample of the intensity.</summary>
    public bool TryIntensity(in AlertInput input, int cause, out int place) => Take(input.Signals.Intensities, cause, ref _intensity, out place);

    /// <summary>Takes the next begin or end of a spike.</summary>
    public bool TrySpike(in AlertInput input, int cause, out int place) => Take(input.Signals.Spikes, cause, ref _spike, out place);

    /// <summary>Takes the next reversal.</summary>
    public bool TryReversal(in AlertInput input, int cause, out int place) => Take(input.Signals.Reversals, cause, ref _reversal, out place);

    /// <summary>When the next reversal was known, if it was made by bars and no later than a time.</summary>
    public (uint Instrument, long Ns) NextBarReversal(in AlertInput input, int cause, long graceNs, long untilNs)
    {
        EmittedList<ReversalRecord> reversals = input.Signals.Reversals;
        if (_reversal >= reversals.Count || reversals.Causes[_reversal] > cause) return Nothing;
        ref readonly ReversalRecord next = ref reversals.Items[_reversal];
        return next.Version >= 3 && next.Header.EventNs + graceNs <= untilNs ? (next.Header.Instrument, next.Header.EventNs + graceNs) : Nothing;
    }

    // A bar that is not closed now: its values are provisional, or restate what rules have seen.
    private void PassOver(in AlertInput input, in BarRecord bar, int cause)
    {
        DropOthers(input, cause);
        if (bar.State != BarState.Revised) return;
        while (_indicator < input.Indicators.Count && input.Indicators.Causes[_indicator] == cause && IsSaidBy(input.Indicators.Items[_indicator], bar)) _indicator++;
    }

    private void DropOthers(in AlertInput input, int cause)
    {
        ReadOnlySpan<IndicatorRecord> records = input.Indicators.Items;
        while (_indicator < records.Length && (input.Indicators.Causes[_indicator] < cause || (records[_indicator].Header.Flags & RecordFlags.Provisional) != 0)) _indicator++;
    }

    // A bar that is revised lies before the one that closes behind it, and so does the time of what revised it.
    private static bool IsSaidBy(in IndicatorRecord values, in BarRecord bar) =>
        values.Spec == bar.Spec && values.Header.Instrument == bar.Header.Instrument && values.Header.EventNs == bar.Header.EventNs;

    private static bool Take<T>(EmittedList<T> list, int cause, ref int next, out int place)
        where T : unmanaged
    {
        place = next;
        if (next >= list.Count || list.Causes[next] > cause) return false;
        next++;
        return true;
    }

    private static bool IsOf(in AlertInput input, int place, in BarRecord bar, int cause)
    {
        if (place >= input.Indicators.Count || input.Indicators.Causes[place] > cause) return false;
        ref readonly IndicatorRecord values = ref input.Indicators.Items[place];
        return values.Spec == bar.Spec && values.StartNs == bar.StartNs && values.Header.Instrument == bar.Header.Instrument;
    }

    private static bool AreAlike(in BarRecord bar, in BarRecord other) =>
        other.State == BarState.Closed && other.Spec == bar.Spec && other.StartNs == bar.StartNs && other.Header.Instrument == bar.Header.Instrument;

    // Each bar's values are in the order of the indicators: where that falls back, the next bar's begin.
    private int CountRounds(in AlertInput input, in BarRecord bar, int cause)
    {
        int rounds = 0;
        int before = int.MaxValue;
        for (int i = _indicator; IsOf(input, i, bar, cause); i++)
        {
            if (input.Indicators.Items[i].Indicator <= before) rounds++;
            before = input.Indicators.Items[i].Indicator;
        }

        return rounds;
    }
}
