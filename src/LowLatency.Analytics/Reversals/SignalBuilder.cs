using LowLatency.Analytics.Batches;
using LowLatency.Analytics.Intensity;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Analytics.Reversals;

/// <summary>
/// Turns normalised trades and closed bars into intensity, spikes and reversals, for all instruments. Signals never repaint: late trades and revised bars do
/// not reach them. Single-threaded; nothing is allocated a trade, an instrument's memory when its first trade comes.
/// </summary>
/// <remarks>
/// For each trade in this order: bars that it has closed, by their end, each end as a whole; what is armed looks at the trade; the trade's own spike. The
/// settings are the same for all instruments; where they should differ, <see cref="SignalsOf"/> is the place that chooses them.
/// </remarks>
public sealed class SignalBuilder
{
    private readonly int _low;
    private readonly int _high;
    private readonly int _cross;
    private readonly long _graceNs;
    private IntensitySettings _intensity;
    private ReversalSettings _reversals;
    private InstrumentSignals?[] _instruments = [];
    private IntensityRecord _unwanted;

    /// <summary>Makes one.</summary>
    /// <param name="intensity">Settings of the intensity; copied here.</param>
    /// <param name="reversals">Settings of the reversals; copied here.</param>
    /// <param name="specs">The kinds of bars that it will be given; a record's spec is an index into it.</param>
    /// <param name="graceNs">How long after its end a bar closes, in nanoseconds.</param>
    /// <exception cref="ArgumentException">A timeframe is no interval or not among the bars, or settings do not go together.</exception>
    public SignalBuilder(IntensitySettings intensity, ReversalSettings reversals, IReadOnlyList<BarSpec> specs, long graceNs)
    {
        ArgumentNullException.ThrowIfNull(intensity);
        ArgumentNullException.ThrowIfNull(reversals);
        CheckTogether(intensity);
        _intensity = intensity.Copy();
        _reversals = reversals.Copy();
        _graceNs = graceNs;
        _low = IndexOf(specs, reversals.V3.Low, "reversals.v3.low");
        _high = IndexOf(specs, reversals.V3.High, "reversals.v3.high");
        _cross = IndexOf(specs, reversals.V4.Interval, "reversals.v4.interval");
    }

    /// <summary>How many signals there were.</summary>
    public SignalCounters Counters { get; } = new();

    /// <summary>Handles a batch.</summary>
    /// <param name="ticks">Normalised ticks.</param>
    /// <param name="causes">For each tick the place in the batch of its input record.</param>
    /// <param name="bars">What became of the bars, in order of emission.</param>
    /// <param name="barCauses">For each bar the place in the batch of the input record that made it be said.</param>
    /// <param name="firstInput">Position in the whole input of the batch's first record.</param>
    /// <param name="output">Receives what comes of them.</param>
    public void Build(ReadOnlySpan<TickRecord> ticks, ReadOnlySpan<int> causes, ReadOnlySpan<BarRecord> bars, ReadOnlySpan<int> barCauses, long firstInput, SignalList output)
    {
        int bar = 0;
        for (int i = 0; i < ticks.Length; i++)
        {
            ref readonly TickRecord tick = ref ticks[i];
            // Late trades are for time bars only, suspects for nothing.
            if (tick.Header.Type != RecordType.Trade || (tick.Header.Flags & (RecordFlags.Late | RecordFlags.Suspect)) != 0) continue;
            if (bar < bars.Length && barCauses[bar] <= causes[i]) OnBars(bars, barCauses, ref bar, causes[i], tick.Header.EventNs - _graceNs, output);
            OnTrade(tick.Trade, causes[i], firstInput + causes[i], output);
        }

        OnBars(bars, barCauses, ref bar, int.MaxValue, 0, output);
    }

    /// <summary>Says every spike that is still on: for the end of an input. They can go on all the same.</summary>
    /// <param name="output">Receives them; their input is -1.</param>
    public void SayOpenSpikes(SignalList output)
    {
        for (int i = 0; i < _instruments.Length; i++)
        {
            if (_instruments[i] is not { Meter: { Spike.IsOn: true } meter }) continue;
            ref SpikeRecord record = ref output.Spikes.Add(0);
            record = new SpikeRecord { Header = { Type = RecordType.Spike, Instrument = (uint)i, EventNs = meter.LastNs }, K = meter.K, Price = meter.LastPrice, State = SpikeState.Open, Input = -1 };
            meter.Spike.Describe(ref record);
        }
    }

    /// <summary>
    /// Goes on with other settings, all instruments at once, and keeps what they have seen: factors, floors and thresholds count from the next trade or bar
    /// on; a window that becomes shorter keeps its newest values; one that becomes longer keeps all and is without a value until it is full; an EMA goes
    /// on from its value. To be called between batches, on the thread that builds; it allocates.
    /// </summary>
    /// <param name="intensity">Settings of the intensity; copied here.</param>
    /// <param name="reversals">Settings of the reversals; copied here. The timeframes cannot change: their bars would have to be begun.</param>
    /// <exception cref="ArgumentException">A timeframe differs, or settings do not go together; nothing has changed.</exception>
    public void Change(IntensitySettings intensity, ReversalSettings reversals)
    {
        ArgumentNullException.ThrowIfNull(intensity);
        ArgumentNullException.ThrowIfNull(reversals);
        CheckChange(intensity, reversals);
        _intensity = intensity.Copy();
        _reversals = reversals.Copy();
        foreach (InstrumentSignals? signals in _instruments)
        {
            signals?.Meter.Change(_intensity);
            signals?.Detector.Change(_reversals);
        }
    }

    /// <summary>Throws what <see cref="Change"/> would throw, and changes nothing.</summary>
    /// <param name="intensity">Settings of the intensity.</param>
    /// <param name="reversals">Settings of the reversals.</param>
    /// <exception cref="ArgumentException">A timeframe differs, or settings do not go together.</exception>
    public void CheckChange(IntensitySettings intensity, ReversalSettings reversals)
    {
        ArgumentNullException.ThrowIfNull(intensity);
        ArgumentNullException.ThrowIfNull(reversals);
        CheckTogether(intensity);
        if (!intensity.Enabled) throw new ArgumentException("intensity.enabled cannot change while it runs; start again with the other.", nameof(intensity));
        ReversalSettings now = Volatile.Read(ref _reversals);
        if ((reversals.V3.Low, reversals.V3.High, reversals.V4.Interval) != (now.V3.Low, now.V3.High, now.V4.Interval))
            throw new ArgumentException("The timeframes reversals.v3.low, reversals.v3.high and reversals.v4.interval cannot change while it runs; start again with the new ones.", nameof(reversals));
    }

    private static void CheckTogether(IntensitySettings intensity)
    {
        if (intensity.Mistakes().FirstOrDefault() is { } mistake) throw new ArgumentException(mistake, nameof(intensity));
    }

    private static int IndexOf(IReadOnlyList<BarSpec> specs, string interval, string setting)
    {
        if (!BarSpec.TryParse(interval, out BarSpec? wanted)) throw new ArgumentException($"{setting}: '{interval}' is no interval; write a whole number and s, m, h or d, at most 7d", nameof(specs));
        for (int i = 0; i < specs.Count; i++)
        {
            if (specs[i].IntervalNs == wanted!.IntervalNs) return i;
        }

        throw new ArgumentException($"{setting}: there are no bars of {interval}", nameof(specs));
    }

    private void OnTrade(in TradeRecord trade, int cause, long input, SignalList output)
    {
        InstrumentSignals signals = SignalsOf((int)trade.Header.Instrument);
        if (signals.Detector.OnTrade(trade.Price)) OnSecond(signals, trade, cause, input, output);
        bool isSampled = signals.UntilSample-- == 0;
        SpikeState? change;
        if (isSampled)
        {
            signals.UntilSample = _intensity.PublishEveryTrades - 1;
            ref IntensityRecord sample = ref output.Intensities.Add(cause);
            sample = default;
            change = signals.Meter.Update(trade, true, ref sample);
            sample.Header = HeaderOf(trade.Header);
            sample.Header.Type = RecordType.Intensity;
            sample.Input = input;
        }
        else
        {
            change = signals.Meter.Update(trade, false, ref _unwanted);
        }

        if (change is { } state) OnSpike(signals, state, trade, HeaderOf(trade.Header), cause, input, output);
    }

    private void OnSecond(InstrumentSignals signals, in TradeRecord trade, int cause, long input, SignalList output)
    {
        var reversal = default(ReversalRecord);
        signals.Detector.DescribeSecond(trade.Price, ref reversal);
        Say(ref reversal, HeaderOf(trade.Header), cause, input, output);
    }

    private void OnSpike(InstrumentSignals signals, SpikeState state, in TradeRecord trade, in RecordHeader header, int cause, long input, SignalList output)
    {
        ref SpikeRecord spike = ref output.Spikes.Add(cause);
        spike = new SpikeRecord { Header = header, K = signals.Meter.K, Price = trade.Price, State = state, Input = input };
        spike.Header.Type = RecordType.Spike;
        signals.Meter.Spike.Describe(ref spike);
        if (state == SpikeState.Begin) Counters.CountSpike();
        var reversal = default(ReversalRecord);
        if (state == SpikeState.End && signals.Detector.OnSpikeEnd(spike, signals.Meter.Spike.Begun - 1, ref reversal)) Say(ref reversal, header, cause, input, output);
    }

    /// <summary>Takes the closed bars that come before a trade: those of earlier input records, and those that this trade's time has closed.</summary>
    private void OnBars(ReadOnlySpan<BarRecord> bars, ReadOnlySpan<int> causes, ref int bar, int cause, long untilNs, SignalList output)
    {
        int pending = -1;
        for (; bar < bars.Length && causes[bar] <= cause; bar++)
        {
            ref readonly BarRecord record = ref bars[bar];
            bool closed = record.State == BarState.Closed && (record.Spec == _low || record.Spec == _high || record.Spec == _cross);
            // One input record can release several trades: the bars that the later of them closes come after the earlier ones.
            if (closed && causes[bar] == cause && record.EndNs > untilNs) break;
            if (!closed) continue;
            if (pending >= 0 && (bars[pending].Header.Instrument != record.Header.Instrument || bars[pending].EndNs != record.EndNs)) EndOfBars(bars[pending], causes[pending], output);
            pending = bar;
            ReversalDetector detector = SignalsOf((int)record.Header.Instrument).Detector;
            if (record.Spec == _low) detector.OnLowBar(record);
            if (record.Spec == _high) detector.OnHighBar(record);
            if (record.Spec == _cross) detector.OnCrossBar(record);
        }

        if (pending >= 0) EndOfBars(bars[pending], causes[pending], output);
    }

    private void EndOfBars(in BarRecord last, int cause, SignalList output)
    {
        ReversalDetector detector = SignalsOf((int)last.Header.Instrument).Detector;
        RecordHeader header = HeaderOf(last.Header);
        header.EventNs = last.EndNs;
        var reversal = default(ReversalRecord);
        if (detector.TryFireThird(ref reversal)) Say(ref reversal, header, cause, last.Input, output);
        if (detector.TryFireFourth(ref reversal)) Say(ref reversal, header, cause, last.Input, output);
    }

    private void Say(ref ReversalRecord reversal, in RecordHeader header, int cause, long input, SignalList output)
    {
        reversal.Header = header;
        reversal.Header.Type = RecordType.Reversal;
        reversal.Input = input;
        output.Reversals.Add(cause) = reversal;
        Counters.CountReversal(reversal.Version);
    }

    private static RecordHeader HeaderOf(in RecordHeader cause) => new() { Instrument = cause.Instrument, EventNs = cause.EventNs, ReceiveNs = cause.ReceiveNs };

    private InstrumentSignals SignalsOf(int instrument)
    {
        if (instrument < _instruments.Length && _instruments[instrument] is { } known) return known;
        if (instrument >= _instruments.Length) Array.Resize(ref _instruments, Math.Max(16, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)instrument + 1)));
        return _instruments[instrument] = new InstrumentSignals(_intensity, _reversals);
    }
}
