using System.Numerics;
using LowLatency.Analytics.Batches;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Analytics.Alerts;

/// <summary>
/// Looks at rules whenever something that they read is published, for all instruments, and says those that become true. Single-threaded; nothing is
/// allocated a record, an instrument's memory when something of it comes first.
/// </summary>
/// <remarks>
/// Order of what an input record brings, for each trade: bars that its time closes, by their end, each end with its indicators as a whole, and the reversals
/// that they make; the trade; the other bars that it closes; then intensity, spikes, reversals. So results are the same whether a bar was closed by the
/// trade or by a clock event before it. A late tick, a suspect trade and a revised bar are not looked at: alerts never repaint.
/// </remarks>
public sealed partial class AlertBuilder
{
    private readonly bool[] _isTime;
    private readonly long _graceNs;
    private readonly bool _consolidates;
    private readonly Func<uint, string> _symbolOf;
    private readonly bool[] _inGroup;
    private readonly AlertQueue _queue = new();
    private AlertRules _rules;
    private ulong[] _touched;
    private InstrumentAlerts?[] _instruments = [];
    private long _clockNs = long.MinValue;
    private long _dueNs = long.MaxValue;

    /// <summary>Makes one.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="bars">The kinds of bars; a record's spec is an index into it.</param>
    /// <param name="graceNs">How long after its end a bar of time closes, in nanoseconds.</param>
    /// <param name="consolidates">Whether the best of several sources' quotes is said apart.</param>
    /// <param name="symbolOf">The symbol of an instrument; asked for once.</param>
    public AlertBuilder(AlertRules rules, IReadOnlyList<BarSpec> bars, long graceNs, bool consolidates, Func<uint, string> symbolOf)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(bars);
        _isTime = [.. bars.Select(b => b.Kind == BarKind.Time)];
        _inGroup = new bool[bars.Count];
        _graceNs = graceNs;
        _consolidates = consolidates;
        _symbolOf = symbolOf;
        _rules = rules;
        _touched = new ulong[(rules.Count + 63) / 64];
        Counters.EnsureAlerts(MostAlerts(rules));
    }

    /// <summary>How many alerts there were.</summary>
    public AlertCounters Counters { get; } = new();

    /// <summary>
    /// Goes on with other rules: one that is the same as before goes on from what it has seen, a value that none has read is not known until it is published
    /// next. Between batches, on the thread that builds; it allocates.
    /// </summary>
    /// <param name="rules">The rules.</param>
    public void Change(AlertRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        AlertRules before = _rules;
        _rules = rules;
        _touched = new ulong[(rules.Count + 63) / 64];
        _dueNs = long.MaxValue;
        Counters.EnsureAlerts(MostAlerts(rules));
        for (int i = 0; i < _instruments.Length; i++)
        {
            if (_instruments[i] is not { } known) continue;
            _instruments[i] = null;
            if (Add((uint)i) is not { } alerts || known == InstrumentAlerts.None) continue;
            alerts.Take(rules, known, before);
            _dueNs = Math.Min(_dueNs, alerts.DueNs);
        }
    }

    /// <summary>Handles a batch.</summary>
    /// <param name="input">The batch.</param>
    /// <param name="output">Receives the alerts.</param>
    public void Build(in AlertInput input, EmittedList<AlertRecord> output)
    {
        _queue.Begin();
        AlertTouches touches = _rules.Touches;
        ReadOnlySpan<TickRecord> ticks = input.Ticks.Items;
        ReadOnlySpan<int> causes = input.Ticks.Causes;
        for (int i = 0; i < ticks.Length; i++)
        {
            ref readonly TickRecord tick = ref ticks[i];
            long receiveNs = tick.Header.ReceiveNs;
            switch (tick.Header.Type)
            {
                case RecordType.Trade when touches.HasTrades && (tick.Header.Flags & (RecordFlags.Late | RecordFlags.Suspect)) == 0:
                    OnTrade(tick.Trade, input, new Emission(output, causes[i], input.FirstInput, receiveNs, AlertKinds.OfTrades));
                    break;
                case RecordType.Quote or RecordType.BestQuote when touches.HasQuotes && (tick.Header.Flags & RecordFlags.Late) == 0:
                    OnQuote(tick.Quote, new Emission(output, causes[i], input.FirstInput, receiveNs, AlertKinds.Quotes));
                    break;
                case RecordType.Gap:
                    OnEvent(tick.Header.Instrument, AlertEvents.Gap, tick.Header.EventNs, new Emission(output, causes[i], input.FirstInput, receiveNs, AlertKinds.None));
                    break;
                case RecordType.Clock:
                    OnClock(tick.Header.EventNs, input, new Emission(output, causes[i], input.FirstInput, receiveNs, AlertKinds.All));
                    break;
            }

            bool isLast = i + 1 == ticks.Length || causes[i + 1] != causes[i];
            if (isLast && touches.HasDerived) OnDerived(input, new Emission(output, causes[i], input.FirstInput, receiveNs, AlertKinds.OfTrades));
        }
    }

    private static int MostAlerts(AlertRules rules) => rules.Rules.Length == 0 ? 0 : (int)rules.Rules.Max(r => r.Alert) + 1;

    private void OnTrade(in TradeRecord trade, in AlertInput input, in Emission emission)
    {
        if (_rules.Touches.HasDerived) OnClosings(input, trade.Header.EventNs, emission);
        if (Of(trade.Header.Instrument) is not { } alerts) return;
        if (trade.Header.EventNs >= alerts.DueOfTradesNs) SayDue(alerts, trade.Header.Instrument, trade.Header.EventNs, emission);
        AlertRead[] reads = _rules.Reads.Trade;
        if (reads.Length == 0) return;
        foreach (AlertRead read in reads) alerts.Values[read.Slot] = read.Field == AlertField.Price ? trade.Price : trade.Size;
        LookAt(_rules.Touches.Trade, alerts, trade.Header.Instrument, trade.Header.EventNs, emission);
    }

    private void OnQuote(in QuoteRecord quote, in Emission emission)
    {
        if (Of(quote.Header.Instrument) is not { } alerts) return;
        if (quote.Header.EventNs >= alerts.DueOfQuotesNs) SayDue(alerts, quote.Header.Instrument, quote.Header.EventNs, emission);
        if (!alerts.Quote.Take(quote, _consolidates)) return;
        foreach (AlertRead read in _rules.Reads.Quote) alerts.Values[read.Slot] = alerts.Quote.Read(read.Field);
        LookAt(_rules.Touches.Quote, alerts, quote.Header.Instrument, quote.Header.EventNs, emission);
    }

    private void OnClock(long eventNs, in AlertInput input, in Emission emission)
    {
        if (eventNs <= _clockNs) return;
        _clockNs = eventNs;
        if (_rules.Touches.HasDerived) OnClosings(input, long.MaxValue, emission);
        if (eventNs < _dueNs) return;
        _dueNs = long.MaxValue;
        for (int i = 0; i < _instruments.Length; i++)
        {
            if (_instruments[i] is not { } alerts) continue;
            if (eventNs >= alerts.DueNs) SayDue(alerts, (uint)i, eventNs, emission);
            _dueNs = Math.Min(_dueNs, alerts.DueNs);
        }
    }

    /// <summary>Takes what a trade has made beside bars that ended before it.</summary>
    private void OnDerived(in AlertInput input, in Emission emission)
    {
        OnClosings(input, long.MaxValue, emission);
        while (_queue.TryIntensity(input, emission.Cause, out int i)) OnIntensity(input.Signals.Intensities.Items[i], emission);
        while (_queue.TrySpike(input, emission.Cause, out int i))
        {
            ref readonly SpikeRecord spike = ref input.Signals.Spikes.Items[i];
            OnEvent(spike.Header.Instrument, spike.State == SpikeState.Begin ? AlertEvents.SpikeBegins : AlertEvents.SpikeEnds, spike.Header.EventNs, emission);
        }

        while (_queue.TryReversal(input, emission.Cause, out int i)) OnReversal(input.Signals.Reversals.Items[i], input.Signals.Reversals.Items[i].Header.EventNs, emission);
    }

    private void OnIntensity(in IntensityRecord sample, in Emission emission)
    {
        AlertRead[] reads = _rules.Reads.Intensity;
        if (reads.Length == 0 || Of(sample.Header.Instrument) is not { } alerts) return;
        foreach (AlertRead read in reads)
        {
            alerts.Values[read.Slot] = read.Field switch
            {
                AlertField.Intensity => sample.Intensity,
                AlertField.Efficiency => sample.PathBps == 0 ? 0 : sample.NetBps / sample.PathBps,
                AlertField.Smoothed => sample.Smoothed,
                AlertField.Base => sample.Base,
                _ => sample.Buffer,
            };
        }

        LookAt(_rules.Touches.Intensity, alerts, sample.Header.Instrument, sample.Header.EventNs, emission);
    }

    private void OnReversal(in ReversalRecord reversal, long timeNs, in Emission emission) =>
        OnEvent(reversal.Header.Instrument, (AlertEvents)((int)AlertEvents.Reversal1 << (reversal.Version - 1)), timeNs, emission);

    private void OnEvent(uint instrument, AlertEvents one, long timeNs, in Emission emission)
    {
        int[] rules = _rules.Touches.Event(one);
        if (rules.Length > 0 && Of(instrument) is { } alerts) LookAt(rules, alerts, instrument, timeNs, emission);
    }

    private InstrumentAlerts? Of(uint instrument)
    {
        InstrumentAlerts? known = instrument < (uint)_instruments.Length ? _instruments[instrument] : null;
        return known is null ? Add(instrument) : known == InstrumentAlerts.None ? null : known;
    }

    private InstrumentAlerts? Add(uint instrument)
    {
        if (instrument >= (uint)_instruments.Length) Array.Resize(ref _instruments, Math.Max(16, (int)BitOperations.RoundUpToPowerOf2(instrument + 1)));
        var alerts = new InstrumentAlerts(_rules, _symbolOf(instrument));
        bool any = alerts.IsFor.Contains(true);
        _instruments[instrument] = any ? alerts : InstrumentAlerts.None;
        return any ? alerts : null;
    }

    /// <summary>Where to emit to, what caused it, and for what it is time that passes.</summary>
    private readonly ref struct Emission(EmittedList<AlertRecord> output, int cause, long firstInput, long receiveNs, AlertKinds passes)
    {
        public readonly EmittedList<AlertRecord> Output = output;
        public readonly int Cause = cause;
        public readonly long Input = firstInput + cause;
        public readonly long ReceiveNs = receiveNs;
        public readonly AlertKinds Passes = passes;
    }
}
