using System.Text;
using LowLatency.Feeds.Settings;
using LowLatency.Market.Instruments;
using LowLatency.Market.Records;

namespace LowLatency.Feeds.Simulation;

/// <summary>
/// Made-up trades and quotes of several instruments: the same settings give the same ticks to the bit, however the duty cycles fall. Live, ticks
/// are published when they are due by the clock; their event times start at the clock's.
/// </summary>
public sealed class SimulatorFeed : Feed
{
    private const int Ahead = 64;
    private const int MaxInstruments = 256;
    private const long MaxLagNs = 1_000_000_000;

    private readonly InstrumentProcess[] _processes;
    private readonly TickRecord[] _pending;
    private readonly long _limit;
    private readonly long _startNs;
    private readonly bool _live;
    private Xoshiro256 _random;
    private int _next;
    private int _count;
    private long _generated;
    private long _clockStartNs;
    private long _firstEventNs;
    private long _shiftNs;
    private long _lastNowNs;
    private long _stalls;
    private bool _ringFull;

    /// <summary>Makes a simulation.</summary>
    /// <param name="context">What every feed is given.</param>
    /// <param name="settings">Seed, rate, instruments.</param>
    /// <exception cref="ArgumentException">A setting is wrong: the first of what <see cref="Validate"/> says.</exception>
    public SimulatorFeed(FeedContext context, SimulatorSettings settings)
        : base(context)
    {
        IReadOnlyList<string> mistakes = Validate(settings);
        if (mistakes.Count > 0) throw new ArgumentException(mistakes[0], nameof(settings));
        _limit = settings.Limit == 0 ? long.MaxValue : settings.Limit;
        _startNs = settings.StartNs;
        _live = settings.Speed == SimulatorSpeed.Live;
        _pending = new TickRecord[Math.Min(Ahead, Ring.Capacity)];
        _random = new Xoshiro256((ulong)settings.Seed);
        _processes = MakeProcesses(settings);
    }

    /// <inheritdoc/>
    public override string Name => "simulator";

    /// <summary>How often it was more than a second behind the clock and went on from there, without making up for the time lost.</summary>
    public long Stalls => Volatile.Read(ref _stalls);

    /// <summary>Looks for mistakes in settings before anything starts.</summary>
    /// <param name="settings">The settings.</param>
    /// <returns>A text for each mistake; none when all is well.</returns>
    public static IReadOnlyList<string> Validate(SimulatorSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var mistakes = new List<string>();
        if (!(settings.TicksPerSecond is >= 0.01 and <= 10_000_000)) mistakes.Add($"The rate {settings.TicksPerSecond} is not from 0.01 to 10000000 ticks a second.");
        if (settings.Seed < 0 || settings.StartNs < 0 || settings.Limit < 0) mistakes.Add("Seed, start and limit are at least 0.");
        if (settings.Instruments.Length is 0 or > MaxInstruments) mistakes.Add($"There are {settings.Instruments.Length} instruments; there should be 1 to {MaxInstruments}.");
        var symbols = new HashSet<string>(StringComparer.Ordinal);
        foreach (string text in settings.Instruments)
        {
            if (!SimulatedInstrument.TryParse(text, out SimulatedInstrument? instrument, out string problem)) mistakes.Add(problem);
            else if (!symbols.Add(instrument!.Symbol)) mistakes.Add($"The instrument {instrument.Symbol} is there twice.");
        }

        return mistakes;
    }

    /// <inheritdoc/>
    public override void OnStart()
    {
        _clockStartNs = Clock.EpochNs();
        _lastNowNs = _clockStartNs;
        _firstEventNs = _startNs == 0 ? _clockStartNs : _startNs;
    }

    /// <inheritdoc/>
    /// <remarks>Live it has while a tick is due, also when the ring has no room for it: the clock must not get ahead of it.</remarks>
    public override bool HasWork() => !Completed && (_live ? _next == _count || IsDue(_pending[_next].Header.EventNs, Clock.EpochNs()) : !_ringFull);

    /// <inheritdoc/>
    public override long IdleNs()
    {
        if (Completed) return long.MaxValue;
        // A full ring gives no sign when it has room again.
        return _ringFull || !_live || _next == _count ? 0 : _clockStartNs + _shiftNs + _pending[_next].Header.EventNs - Clock.EpochNs();
    }

    /// <inheritdoc/>
    public override int DoWork()
    {
        if (_next == _count && !Generate()) return 0;
        long nowNs = 0;
        int due = _count - _next;
        if (_live)
        {
            nowNs = Clock.EpochNs();
            KeepUp(nowNs);
            due = CountDue(nowNs);
        }

        _ringFull = false;
        if (due == 0) return 0;
        if (!Ring.TryClaim(due, out long first))
        {
            _ringFull = true;
            return 0;
        }

        for (int i = 0; i < due; i++)
        {
            ref TickRecord slot = ref Ring[first + i];
            slot = _pending[_next + i];
            slot.Header.EventNs += _firstEventNs + _shiftNs;
            slot.Header.ReceiveNs = _live ? nowNs : slot.Header.EventNs;
        }

        _next += due;
        PublishClaim(first, due);
        if (_generated == _limit && _next == _count) Complete();
        return due;
    }

    private InstrumentProcess[] MakeProcesses(SimulatorSettings settings)
    {
        SimulatedInstrument[] definitions = Array.ConvertAll(
            settings.Instruments,
            text => SimulatedInstrument.TryParse(text, out SimulatedInstrument? read, out string problem) ? read! : throw new ArgumentException(problem, nameof(settings)));
        double weights = 0;
        foreach (SimulatedInstrument definition in definitions) weights += definition.Weight;
        byte source = Sources.TryGetOrAdd("SIM"u8, out int sourceId) ? (byte)sourceId : SourceTable.UnknownId;
        var processes = new InstrumentProcess[definitions.Length];
        for (int i = 0; i < processes.Length; i++)
        {
            bool known = Instruments.TryGetOrAdd(Encoding.ASCII.GetBytes(definitions[i].Symbol), out int id);
            var header = new RecordHeader { Source = source, Instrument = known ? (uint)id : InstrumentTable.Unknown };
            processes[i] = new InstrumentProcess(definitions[i], header, settings.TicksPerSecond * definitions[i].Weight / weights, ref _random);
        }

        return processes;
    }

    /// <summary>Generates the next ticks, with their time since the start as event time; false when there are no more.</summary>
    private bool Generate()
    {
        _next = 0;
        _count = (int)Math.Min(_pending.Length, _limit - _generated);
        for (int i = 0; i < _count; i++)
        {
            InstrumentProcess first = _processes[0];
            for (int p = 1; p < _processes.Length; p++)
            {
                if (_processes[p].NextNs < first.NextNs) first = _processes[p];
            }

            double ns = first.NextNs;
            first.Step(ref _pending[i], ref _random);
            _pending[i].Header.EventNs = (long)ns;
        }

        _generated += _count;
        return _count > 0;
    }

    private bool IsDue(long ns, long nowNs) => _clockStartNs + _shiftNs + ns <= nowNs;

    private int CountDue(long nowNs)
    {
        int due = 0;
        while (_next + due < _count && IsDue(_pending[_next + due].Header.EventNs, nowNs)) due++;
        return due;
    }

    /// <summary>Makes the next tick due now after a stall, and when the clock was set back.</summary>
    private void KeepUp(long nowNs)
    {
        long behindNs = nowNs - (_clockStartNs + _shiftNs + _pending[_next].Header.EventNs);
        long backNs = _lastNowNs - nowNs;
        _lastNowNs = nowNs;
        if (behindNs <= MaxLagNs && backNs <= MaxLagNs) return;
        _shiftNs += behindNs;
        Volatile.Write(ref _stalls, _stalls + 1);
    }
}
