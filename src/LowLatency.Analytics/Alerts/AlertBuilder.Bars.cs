using LowLatency.Market.Records;

namespace LowLatency.Analytics.Alerts;

/// <content>Closed bars with their indicators.</content>
public sealed partial class AlertBuilder
{
    /// <summary>
    /// Takes the bars that an input record has closed, and the reversals that they made, by instrument and end: of time, and closed at
    /// <paramref name="untilNs"/> at the latest; long.MaxValue: all bars.
    /// </summary>
    private void OnClosings(in AlertInput input, long untilNs, in Emission emission)
    {
        bool hasBars = _rules.Touches.HasBars;
        while (true)
        {
            (uint Instrument, long Ns) bar = hasBars && _queue.TryClosed(input, emission.Cause, out int next) ? PlaceOf(input.Bars.Items[next], untilNs) : AlertQueue.Nothing;
            (uint Instrument, long Ns) reversal = _queue.NextBarReversal(input, emission.Cause, _graceNs, untilNs);
            if (bar == AlertQueue.Nothing && reversal == AlertQueue.Nothing) return;
            if (bar.CompareTo(reversal) <= 0)
            {
                OnEnd(input, bar.Instrument, bar.Ns, emission);
            }
            else
            {
                _queue.TryReversal(input, emission.Cause, out int i);
                OnReversal(input.Signals.Reversals.Items[i], reversal.Ns, emission);
            }
        }
    }

    private (uint Instrument, long Ns) PlaceOf(in BarRecord bar, long untilNs)
    {
        long ns = _isTime[bar.Spec] ? bar.EndNs + _graceNs : bar.EndNs;
        return untilNs == long.MaxValue || (_isTime[bar.Spec] && ns <= untilNs) ? (bar.Header.Instrument, ns) : AlertQueue.Nothing;
    }

    /// <summary>Takes all bars of one end and instrument, so that rules over several of them see them all or none; a brick of several by one trade is an end of its own.</summary>
    private void OnEnd(in AlertInput input, uint instrument, long ns, in Emission emission)
    {
        InstrumentAlerts? alerts = Of(instrument);
        if (alerts is not null && ns >= (emission.Passes == AlertKinds.All ? alerts.DueNs : alerts.DueOfTradesNs)) SayDue(alerts, instrument, ns, emission);
        _inGroup.AsSpan().Clear();
        bool isTime = false;
        bool any = false;
        while (_queue.TryClosed(input, emission.Cause, out int next))
        {
            ref readonly BarRecord bar = ref input.Bars.Items[next];
            if (_inGroup[bar.Spec] || bar.Header.Instrument != instrument || PlaceOf(bar, long.MaxValue).Ns != ns || (any && isTime != _isTime[bar.Spec])) break;
            any = _inGroup[bar.Spec] = true;
            isTime = _isTime[bar.Spec];
            TakeBar(input, bar, alerts, emission.Cause);
        }

        if (alerts is null) return;
        for (int word = 0; word < _touched.Length; word++)
        {
            for (ulong bits = _touched[word]; bits != 0; bits &= bits - 1)
            {
                int rule = (word * 64) + System.Numerics.BitOperations.TrailingZeroCount(bits);
                if (alerts.IsFor[rule]) LookAt(rule, alerts, instrument, ns, emission);
            }

            _touched[word] = 0;
        }
    }

    private void TakeBar(in AlertInput input, in BarRecord bar, InstrumentAlerts? alerts, int cause)
    {
        AlertReads reads = _rules.Reads;
        bool bare = !_isTime[bar.Spec] && _queue.IsBare(input, cause);
        _queue.TakeClosed();
        bool hasImbalance = bar.Spec == reads.ImbalanceSpec && _queue.TryImbalance(input, cause, out _);
        if (alerts is not null)
        {
            foreach (AlertRead read in reads.Bar[bar.Spec]) alerts.Values[read.Slot] = Read(bar, read.Field);
            // An indicator that says nothing of this bar has no value on it.
            foreach (AlertRead read in reads.Indicators[bar.Spec]) alerts.Values[read.Slot] = double.NaN;
            foreach (int rule in _rules.Touches.Bar[bar.Spec]) _touched[rule / 64] |= 1ul << (rule % 64);
            if (hasImbalance) TakeImbalance(input.Imbalances.Items[_queue.LastImbalance], alerts);
        }

        for (int before = -1; !bare && _queue.TryIndicator(input, bar, cause, ref before, out int i);)
        {
            if (alerts is null) continue;
            ref readonly IndicatorRecord values = ref input.Indicators.Items[i];
            foreach (AlertRead read in reads.Indicator(bar.Spec, values.Indicator)) alerts.Values[read.Slot] = values.Values[read.Output];
        }
    }

    private void TakeImbalance(in ImbalanceRecord imbalance, InstrumentAlerts alerts)
    {
        foreach (AlertRead read in _rules.Reads.Imbalance) alerts.Values[read.Slot] = read.Field == AlertField.Theta ? imbalance.Theta : imbalance.Threshold;
    }

    private static double Read(in BarRecord bar, AlertField field) => field switch
    {
        AlertField.Open => bar.Open,
        AlertField.High => bar.High,
        AlertField.Low => bar.Low,
        AlertField.Close => bar.Close,
        AlertField.Volume => bar.Volume,
        AlertField.Vwap => bar.Vwap,
        AlertField.Count => bar.Count,
        _ => bar.BuyVolume,
    };
}
