using LowLatency.Market.Records;

namespace LowLatency.Analytics.Alerts;

/// <content>Looks at rules.</content>
public sealed partial class AlertBuilder
{
    private void LookAt(int[] rules, InstrumentAlerts alerts, uint instrument, long timeNs, in Emission emission)
    {
        foreach (int rule in rules)
        {
            if (alerts.IsFor[rule]) LookAt(rule, alerts, instrument, timeNs, emission);
        }
    }

    private void LookAt(int rule, InstrumentAlerts alerts, uint instrument, long timeNs, in Emission emission)
    {
        ref readonly CompiledRule compiled = ref _rules.Rules[rule];
        ref AlertState state = ref alerts.States[rule];
        // Of trades and quotes either can be the older: together they are true from the newer on.
        if (timeNs > state.LastNs) state.LastNs = timeNs;
        bool holds = true;
        // All of them, whatever the first says: a crossing must not be missed.
        for (int i = compiled.FirstComparison; i < compiled.FirstComparison + compiled.Comparisons; i++) holds &= _rules.Comparisons[i].Holds(alerts.Values, ref alerts.Sides[i]);
        if (compiled.IsMoment)
        {
            state.BeginNs = state.LastNs;
            if (holds) Say(compiled, ref state, alerts, instrument, state.LastNs, emission);
            return;
        }

        if (holds == state.IsTrue) return;
        state.IsTrue = holds;
        state.IsWaiting = holds && compiled.ForNs > 0;
        if (!holds) return;
        state.BeginNs = state.LastNs;
        if (!state.IsWaiting)
        {
            Say(compiled, ref state, alerts, instrument, state.LastNs, emission);
            return;
        }

        alerts.Await(state.BeginNs + compiled.ForNs, compiled.Passes);
        _dueNs = Math.Min(_dueNs, alerts.DueNs);
    }

    /// <summary>Says the rules that have been true for long enough, in the order in which that was so.</summary>
    private void SayDue(InstrumentAlerts alerts, uint instrument, long untilNs, in Emission emission)
    {
        while (true)
        {
            int first = -1;
            long firstNs = long.MaxValue;
            alerts.AwaitNothing();
            foreach (int rule in _rules.Waiting)
            {
                if (!alerts.States[rule].IsWaiting) continue;
                ref readonly CompiledRule compiled = ref _rules.Rules[rule];
                long dueNs = alerts.States[rule].BeginNs + compiled.ForNs;
                alerts.Await(dueNs, compiled.Passes);
                if (dueNs > untilNs || dueNs >= firstNs || (compiled.Passes & emission.Passes) == 0) continue;
                first = rule;
                firstNs = dueNs;
            }

            if (first < 0) return;
            alerts.States[first].IsWaiting = false;
            Say(_rules.Rules[first], ref alerts.States[first], alerts, instrument, firstNs, emission);
        }
    }

    private void Say(in CompiledRule rule, ref AlertState state, InstrumentAlerts alerts, uint instrument, long timeNs, in Emission emission)
    {
        if (rule.CooldownNs > 0 && state.SaidNs != long.MinValue && timeNs - state.SaidNs < rule.CooldownNs)
        {
            state.Suppressed++;
            Counters.CountSuppressed();
            return;
        }

        ref AlertRecord record = ref emission.Output.Add(emission.Cause);
        record = new AlertRecord
        {
            Header = new RecordHeader { Type = RecordType.Alert, Instrument = instrument, EventNs = timeNs, ReceiveNs = emission.ReceiveNs },
            Alert = rule.Alert,
            Suppressed = state.Suppressed,
            BeginNs = state.BeginNs,
            Input = emission.Input,
            Count = (byte)rule.Values,
        };
        for (int i = 0; i < rule.Values; i++) record.Values[i] = alerts.Values[_rules.Values[rule.FirstValue + i]];
        state.SaidNs = timeNs;
        state.Suppressed = 0;
        Counters.CountSaid(rule.Alert);
    }
}
