using LowLatency.Market.Records;

namespace LowLatency.Analytics.Tests.Alerts;

/// <summary>An alert as the twin finds it.</summary>
internal sealed record NaiveAlert(long EventNs, long BeginNs, long Input, int Suppressed, double[] Values);

/// <summary>
/// The alerts of one instrument, found by looking at each rule over the whole history of moments, from the beginning, at every moment. A moment has a time,
/// what it makes known, and for whom it is time that passes.
/// </summary>
internal sealed class NaiveAlerts
{
    private readonly List<Moment> _moments = [];
    private readonly Dictionary<string, double[]> _histories = [];
    private readonly ILookup<long, int> _closedBy;
    private readonly ILookup<long, int> _reversalsBy;
    private readonly AlertRun _run;
    private readonly uint _instrument;
    private readonly HashSet<int> _taken = [];
    private readonly HashSet<int> _takenReversals = [];
    private readonly HashSet<byte> _quoteSources = [];
    private long _clockNs = long.MinValue;

    public NaiveAlerts(AlertRun run, uint instrument)
    {
        _run = run;
        _instrument = instrument;
        _closedBy = Enumerable.Range(0, run.Closed.Count).Where(i => run.Closed[i].Bar.Header.Instrument == instrument).ToLookup(i => run.Closed[i].Bar.Input);
        _reversalsBy = Enumerable.Range(0, run.Reversals.Count).Where(i => run.Reversals[i].Header.Instrument == instrument).ToLookup(i => run.Reversals[i].Input);
        foreach (IGrouping<long, (TickRecord Tick, long Input)> record in run.Ticks.GroupBy(t => t.Input))
        {
            bool clock = false;
            foreach ((TickRecord tick, long input) in record)
            {
                if (tick.Header.Type == RecordType.Clock) clock |= AddClock(tick.Header.EventNs, input);
                else if (tick.Header.Instrument == instrument) AddTick(tick, input);
            }

            if (!clock) AddRest(record.Key, long.MaxValue, ofClock: false);
        }
    }

    public List<NaiveAlert> Find(NaiveRule rule)
    {
        var found = new List<NaiveAlert>();
        bool before = false;
        for (int i = 0; i < _moments.Count; i++)
        {
            bool now = Holds(rule, i);
            if (now && (rule.IsMoment || !before))
            {
                long begin = LastNs(rule, i);
                if (rule.ForMs == 0) found.Add(new NaiveAlert(begin, begin, _moments[i].Input, 0, Values(rule, i)));
                else if (Due(rule, i, begin + (rule.ForMs * 1_000_000L)) is { } fired) found.Add(fired with { BeginNs = begin });
            }

            before = now;
        }

        return Cool(found, rule.CooldownSeconds * 1e9);
    }

    // Held until then: from the moment on, something that is time for the rule reaches it before the rule is false again.
    private NaiveAlert? Due(NaiveRule rule, int begin, long dueNs)
    {
        for (int i = begin + 1; i < _moments.Count; i++)
        {
            if (Passes(rule, _moments[i]) && _moments[i].Ns >= dueNs) return new NaiveAlert(dueNs, 0, _moments[i].Input, 0, Values(rule, i - 1));
            if (!Holds(rule, i)) return null;
        }

        return null;
    }

    private static List<NaiveAlert> Cool(List<NaiveAlert> found, double cooldownNs)
    {
        var said = new List<NaiveAlert>();
        int suppressed = 0;
        foreach (NaiveAlert alert in found)
        {
            if (said.Count > 0 && alert.EventNs - said[^1].EventNs < cooldownNs)
            {
                suppressed++;
                continue;
            }

            said.Add(alert with { Suppressed = suppressed });
            suppressed = 0;
        }

        return said;
    }

    public static bool IsOfQuotes(string name) => name is "bid" or "ask" or "mid" or "spread" or "spread_bps" or "bid_size" or "ask_size";

    private static bool Passes(NaiveRule rule, Moment moment) =>
        moment.Passing == Passing.Clock || (moment.Passing == Passing.Trade && rule.Names.Any(n => !IsOfQuotes(n))) || (moment.Passing == Passing.Quote && rule.Names.Any(IsOfQuotes));

    private static bool Touches(NaiveRule rule, Moment moment) => rule.Event is null ? rule.Names.Any(moment.Values.ContainsKey) : Comes(rule.Event, moment);

    private static bool Comes(string waited, Moment moment) => moment.Event is not null && (moment.Event == waited || (waited == "reversal any" && moment.Event.StartsWith("reversal", StringComparison.Ordinal)));

    private long LastNs(NaiveRule rule, int upTo) => _moments.Take(upTo + 1).Where(m => Touches(rule, m)).Max(m => m.Ns);

    private double[] Values(NaiveRule rule, int at) => [.. rule.Names.Select(n => Value(n, at))];

    // Of a name the value that was made known last, at each moment.
    private double Value(string name, int at)
    {
        if (at < 0) return double.NaN;
        if (!_histories.TryGetValue(name, out double[]? history))
        {
            double last = double.NaN;
            _histories[name] = history = [.. _moments.Select(m => last = m.Values.GetValueOrDefault(name, last))];
        }

        return history[at];
    }

    private bool Holds(NaiveRule rule, int at)
    {
        if (rule.Event is not null && !Comes(rule.Event, _moments[at])) return false;
        return rule.Comparisons.All(c => c.IsCrossing ? Crosses(c, at) : Holds(c, at));
    }

    private bool Holds(NaiveComparison comparison, int at)
    {
        (double left, double right) = Sides(comparison, at);
        if (double.IsNaN(left) || double.IsNaN(right)) return false;
        return comparison.Operator switch { ">" => left > right, ">=" => left >= right, "<" => left < right, "<=" => left <= right, "==" => left == right, _ => left != right };
    }

    private bool Crosses(NaiveComparison comparison, int at)
    {
        int now = Sign(comparison, at);
        if (now == 0) return false;
        for (int i = at - 1; i >= 0; i--)
        {
            int before = Sign(comparison, i);
            if (before == 0) continue;
            return before == -now && (comparison.Operator == "crosses" || comparison.Operator == (now > 0 ? "crosses_above" : "crosses_below"));
        }

        return false;
    }

    private int Sign(NaiveComparison comparison, int at)
    {
        (double left, double right) = Sides(comparison, at);
        return left > right ? 1 : left < right ? -1 : 0;
    }

    private (double Left, double Right) Sides(NaiveComparison comparison, int at) =>
        (Value(comparison.Left, at) * comparison.LeftFactor, comparison.Right is null ? comparison.RightFactor : Value(comparison.Right, at) * comparison.RightFactor);

    private bool AddClock(long ns, long input)
    {
        if (ns <= _clockNs) return false;
        _clockNs = ns;
        AddRest(input, long.MaxValue, ofClock: true);
        _moments.Add(new Moment(ns, input, [], null, Passing.Clock));
        return true;
    }

    private void AddTick(in TickRecord tick, long input)
    {
        long ns = tick.Header.EventNs;
        bool late = (tick.Header.Flags & (RecordFlags.Late | RecordFlags.Suspect)) != 0;
        switch (tick.Header.Type)
        {
            case RecordType.Trade when !late:
                AddClosings(input, ns, ofClock: false);
                _moments.Add(new Moment(ns, input, new() { ["price"] = tick.Trade.Price, ["size"] = tick.Trade.Size }, null, Passing.Trade));
                break;
            case RecordType.Gap:
                _moments.Add(new Moment(ns, input, [], "gap", Passing.Nobody));
                break;
            case RecordType.Quote when !late:
                _quoteSources.Add(tick.Header.Source);
                AddQuote(tick, input, _quoteSources.Count > 1);
                break;
            case RecordType.BestQuote:
                AddQuote(tick, input, false);
                break;
        }
    }

    private void AddQuote(in TickRecord tick, long input, bool others)
    {
        var values = new Dictionary<string, double>();
        bool best = tick.Header.Type == RecordType.BestQuote;
        QuoteRecord quote = tick.Quote;
        if (!others)
        {
            (values["bid"], values["bid_size"]) = SideOf(quote.Bid, quote.BidSize, "bid", best);
            (values["ask"], values["ask_size"]) = SideOf(quote.Ask, quote.AskSize, "ask", best);
            values["mid"] = (values["bid"] + values["ask"]) / 2;
            values["spread"] = values["ask"] - values["bid"];
            values["spread_bps"] = 10_000 * (values["ask"] - values["bid"]) / ((values["bid"] + values["ask"]) / 2);
        }

        _moments.Add(new Moment(tick.Header.EventNs, input, values, null, Passing.Quote));
    }

    // What is not there, or no more, has neither price nor size; of a side of which its only source says nothing counts what was made known last.
    private (double Price, double Size) SideOf(double price, double size, string name, bool best)
    {
        if (!double.IsNaN(price)) return size == 0 ? (double.NaN, double.NaN) : (price, size);
        Dictionary<string, double>? last = best ? null : _moments.FindLast(m => m.Values.ContainsKey(name))?.Values;
        return last is null ? (double.NaN, double.NaN) : (last[name], last[name + "_size"]);
    }

    private void AddRest(long input, long untilNs, bool ofClock)
    {
        AddClosings(input, untilNs, ofClock);
        if (ofClock) return;
        foreach (IntensityRecord s in _run.Intensities.Where(s => s.Input == input && s.Header.Instrument == _instrument))
        {
            _moments.Add(new Moment(s.Header.EventNs, input, new()
            {
                ["intensity"] = s.Intensity, ["efficiency"] = s.PathBps == 0 ? 0 : s.NetBps / s.PathBps, ["smoothed"] = s.Smoothed, ["base"] = s.Base, ["buffer"] = s.Buffer,
            }, null, Passing.Nobody));
        }

        foreach (SpikeRecord s in _run.Spikes.Where(s => s.Input == input && s.Header.Instrument == _instrument))
            _moments.Add(new Moment(s.Header.EventNs, input, [], s.State == SpikeState.Begin ? "spike begins" : "spike ends", Passing.Nobody));
        foreach (int i in _reversalsBy[input])
        {
            if (_takenReversals.Add(i)) _moments.Add(new Moment(_run.Reversals[i].Header.EventNs, input, [], $"reversal v{_run.Reversals[i].Version}", Passing.Nobody));
        }
    }

    // Bars and the reversals of bars, by when they were known; what of bars is not of time waits for its trade.
    private void AddClosings(long input, long untilNs, bool ofClock)
    {
        while (true)
        {
            int bar = _closedBy[input].FirstOrDefault(i => !_taken.Contains(i), -1);
            int reversal = _reversalsBy[input].FirstOrDefault(i => !_takenReversals.Contains(i), -1);
            long barNs = bar < 0 || (untilNs != long.MaxValue && !IsTime(bar)) ? long.MaxValue : KnownNs(bar);
            long reversalNs = reversal < 0 || _run.Reversals[reversal].Version < 3 ? long.MaxValue : _run.Reversals[reversal].Header.EventNs + _run.GraceNs;
            if (barNs > untilNs) barNs = long.MaxValue;
            if (reversalNs > untilNs) reversalNs = long.MaxValue;
            if (barNs == long.MaxValue && reversalNs == long.MaxValue) return;
            if (reversalNs < barNs)
            {
                _takenReversals.Add(reversal);
                _moments.Add(new Moment(reversalNs, input, [], $"reversal v{_run.Reversals[reversal].Version}", Passing.Nobody));
                continue;
            }

            AddEnd(bar, barNs, input, ofClock);
        }
    }

    private void AddEnd(int first, long ns, long input, bool ofClock)
    {
        var values = new Dictionary<string, double>();
        var kinds = new HashSet<int>();
        foreach (int i in _closedBy[input].SkipWhile(i => i != first))
        {
            (BarRecord bar, Dictionary<string, double> said) = _run.Closed[i];
            if (KnownNs(i) != ns || IsTime(i) != IsTime(first) || !kinds.Add(bar.Spec)) break;
            _taken.Add(i);
            foreach ((string name, double value) in said) values[$"{name} on {_run.Bars[bar.Spec].Name}"] = value;
        }

        _moments.Add(new Moment(ns, input, values, null, ofClock ? Passing.Clock : Passing.Trade));
    }

    private bool IsTime(int bar) => _run.Bars[_run.Closed[bar].Bar.Spec].IntervalNs > 0;

    private long KnownNs(int bar) => _run.Closed[bar].Bar.EndNs + (IsTime(bar) ? _run.GraceNs : 0);

    private enum Passing
    {
        Nobody,
        Trade,
        Quote,
        Clock,
    }

    private sealed record Moment(long Ns, long Input, Dictionary<string, double> Values, string? Event, Passing Passing);
}
