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
/// For each trade in this order: bars that it has closed, by their end, each end as a whole; what is armed looks at the trade; the trade's own spike. Which
/// settings an instrument has, <see cref="SignalsOf"/> chooses when it first sees it.
/// </remarks>
public sealed class SignalBuilder
{
    private readonly SignalFrames[] _frames;
    private readonly Func<uint, int> _classOf;
    private readonly long _graceNs;
    private SignalSettings[] _settings;
    private InstrumentSignals?[] _instruments = [];
    private IntensityRecord _unwanted;

    /// <summary>Makes one with the same settings for all instruments.</summary>
    /// <param name="intensity">Settings of the intensity; copied here.</param>
    /// <param name="reversals">Settings of the reversals; copied here.</param>
    /// <param name="specs">The kinds of bars that it will be given; a record's spec is an index into it.</param>
    /// <param name="graceNs">How long after its end a bar closes, in nanoseconds.</param>
    /// <exception cref="ArgumentException">A timeframe is no interval or not among the bars, or settings do not go together.</exception>
    public SignalBuilder(IntensitySettings intensity, ReversalSettings reversals, IReadOnlyList<BarSpec> specs, long graceNs)
        : this([new SignalSettings(intensity, reversals)], _ => 0, specs, graceNs)
    {
    }

    /// <summary>Makes one with settings for each class of instruments.</summary>
    /// <param name="classes">The settings of each class, at least one; copied here.</param>
    /// <param name="classOf">An instrument's class, an index into those; asked for at the instrument's first trade or bar.</param>
    /// <param name="specs">The kinds of bars that it will be given; a record's spec is an index into it.</param>
    /// <param name="graceNs">How long after its end a bar closes, in nanoseconds.</param>
    /// <exception cref="ArgumentException">A timeframe is no interval or not among the bars, or settings do not go together.</exception>
    public SignalBuilder(IReadOnlyList<SignalSettings> classes, Func<uint, int> classOf, IReadOnlyList<BarSpec> specs, long graceNs)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(classOf);
        ArgumentOutOfRangeException.ThrowIfZero(classes.Count, nameof(classes));
        foreach (SignalSettings settings in classes)
        {
            if (settings.Intensity.Mistakes().FirstOrDefault() is { } mistake) throw new ArgumentException(settings.Path + mistake, nameof(classes));
        }

        _settings = [.. classes.Select(c => c.Copy())];
        _frames = [.. _settings.Select(c => SignalFrames.Find(c, specs))];
        _classOf = classOf;
        _graceNs = graceNs;
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
    /// <param name="intensity">Settings of the intensity, of the one class there is; copied here.</param>
    /// <param name="reversals">Settings of the reversals; copied here. The timeframes cannot change: their bars would have to be begun.</param>
    /// <exception cref="ArgumentException">A timeframe differs, or settings do not go together; nothing has changed.</exception>
    public void Change(IntensitySettings intensity, ReversalSettings reversals) => Change([new SignalSettings(intensity, reversals)]);

    /// <summary>The same for every class of instruments, at once.</summary>
    /// <param name="classes">The settings of each class, as many as there were at the start; copied here.</param>
    /// <exception cref="ArgumentException">A timeframe differs, settings do not go together, or there are more or fewer classes; nothing has changed.</exception>
    public void Change(IReadOnlyList<SignalSettings> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        if (MistakesOfChange(classes) is [var mistake, ..]) throw new ArgumentException(mistake, nameof(classes));
        Volatile.Write(ref _settings, [.. classes.Select(c => c.Copy())]);
        foreach (InstrumentSignals? signals in _instruments) signals?.Change(_settings[signals.OfClass]);
    }

    /// <summary>Everything that <see cref="Change(IReadOnlyList{SignalSettings})"/> would refuse of such settings, each with its path; from any thread.</summary>
    /// <param name="classes">The settings of each class.</param>
    public IReadOnlyList<string> MistakesOfChange(IReadOnlyList<SignalSettings> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        SignalSettings[] now = Volatile.Read(ref _settings);
        if (classes.Count != now.Length) return [$"There are {now.Length} classes of instruments, and settings for {classes.Count}; classes cannot come or go while it runs."];
        return [.. classes.SelectMany((c, i) => c.Mistakes().Concat(c.Unchangeable(now[i])))];
    }

    private void OnTrade(in TradeRecord trade, int cause, long input, SignalList output)
    {
        InstrumentSignals signals = SignalsOf((int)trade.Header.Instrument);
        if (signals.Detector.OnTrade(trade.Price)) OnSecond(signals, trade, cause, input, output);
        bool isSampled = signals.UntilSample-- == 0;
        SpikeState? change;
        if (isSampled)
        {
            signals.UntilSample = signals.PublishEveryTrades - 1;
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
            if (record.State != BarState.Closed) continue;
            InstrumentSignals signals = SignalsOf((int)record.Header.Instrument);
            if (!signals.Frames.Have(record.Spec)) continue;
            // One input record can release several trades: the bars that the later of them closes come after the earlier ones.
            if (causes[bar] == cause && record.EndNs > untilNs) break;
            if (pending >= 0 && (bars[pending].Header.Instrument != record.Header.Instrument || bars[pending].EndNs != record.EndNs)) EndOfBars(bars[pending], causes[pending], output);
            pending = bar;
            if (record.Spec == signals.Frames.Low) signals.Detector.OnLowBar(record);
            if (record.Spec == signals.Frames.High) signals.Detector.OnHighBar(record);
            if (record.Spec == signals.Frames.Cross) signals.Detector.OnCrossBar(record);
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
        int ofClass = _classOf((uint)instrument);
        return _instruments[instrument] = new InstrumentSignals(ofClass, _settings[ofClass], _frames[ofClass]);
    }
}
