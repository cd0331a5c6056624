using LowLatency.Analytics.Batches;
using LowLatency.Analytics.Reversals;
using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Core.Rings;
using LowLatency.Engine.Telemetry;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Engine.Pipeline;

/// <summary>The pipeline's duty cycle: takes a batch off the input ring and leads it through the stages.</summary>
internal sealed class PipelineAgent : Agent
{
    private const int MaxRoom = 16_384;

    private readonly PublishedStreams _streams;
    private readonly RingConsumer<TickRecord> _input;
    private readonly IPipelineStage[] _stages;
    private readonly StageTimings _timings;
    private readonly RingProbe _probe;
    private readonly IClock _clock;
    private readonly int _batch;
    private readonly BarStage _bars;
    private readonly IndicatorStage _indicatorStage;
    private readonly EmittedList<TickRecord> _ticks;
    private readonly EmittedList<BarRecord> _barList;
    private readonly EmittedList<IndicatorRecord> _indicators;
    private readonly EmittedList<ImbalanceRecord> _imbalances;
    private readonly SignalList _signals;
    private readonly EmittedList<AlertRecord> _alerts;
    private readonly SignalLine? _signalLine;
    private readonly Func<bool> _inputEnded;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _thread;

    public PipelineAgent(
        PublishedStreams streams,
        RingConsumer<TickRecord> input,
        IReadOnlyList<IPipelineStage> stages,
        BarStage bars,
        IndicatorStage indicatorStage,
        SignalLine? signals,
        StageTimings timings,
        RingProbe probe,
        IClock clock,
        int batch,
        Func<bool> inputEnded)
    {
        _streams = streams;
        _input = input;
        _stages = [.. stages];
        _bars = bars;
        _indicatorStage = indicatorStage;
        _signalLine = signals;
        _timings = timings;
        _probe = probe;
        _clock = clock;
        _batch = batch;
        _inputEnded = inputEnded;
        // Room for what a batch of trades can close, each a bar of every interval; only the clock, which closes those of all instruments, can need more.
        int closings = batch * streams.Channels.Bars.Count;
        // A record can show a gap and, itself a confirmation, bring back a suspect.
        _ticks = new EmittedList<TickRecord>(batch * 3);
        _barList = new EmittedList<BarRecord>(Math.Min(closings * 2, MaxRoom));
        _imbalances = new EmittedList<ImbalanceRecord>(streams.Channels.Bars.Any(b => b.Kind == BarKind.Imbalance) ? batch : 0);
        _indicators = new EmittedList<IndicatorRecord>(Math.Min(closings * streams.Channels.Indicators.Count, MaxRoom));
        _signals = new SignalList(Math.Min(batch * 2, MaxRoom), Math.Min(batch * 2, MaxRoom));
        _alerts = new EmittedList<AlertRecord>(streams.Alerts.Specs.Count == 0 ? 0 : Math.Min(batch * 2, MaxRoom));
    }

    public override string Name => "pipeline";

    /// <summary>What it counts for other processes; null for nothing. Set before the start.</summary>
    public PipelineCounters? Counters { get; set; }

    /// <summary>Ends when the feeds have ended, everything has been handled, and the bars still open have been said.</summary>
    public Task Drained => _drained.Task;

    /// <summary>Input records taken so far.</summary>
    public long Taken => _input.Position + 1;

    /// <summary>Whether the caller is the pipeline's own thread: a stage.</summary>
    public bool IsOnItsThread => Volatile.Read(ref _thread) == Environment.CurrentManagedThreadId;

    public override void OnStart() => Volatile.Write(ref _thread, Environment.CurrentManagedThreadId);

    public override int DoWork()
    {
        ReadOnlySpan<TickRecord> input = _input.Poll(_batch);
        if (input.IsEmpty) return _drained.Task.IsCompleted ? 0 : FinishIfEnded();
        long first = _input.Next;
        long start = _clock.MonotonicNs();
        if (_probe.TryTake(first, first + input.Length - 1, out long publishedNs)) _timings.Ring.Record(start - publishedNs);
        Run(input, first, start);
        _input.Advance(input.Length);
        return input.Length;
    }

    public override bool HasWork() => _input.HasEvents();

    public override void OnClose() => Counters?.Roll();

    private void Run(ReadOnlySpan<TickRecord> input, long first, long start)
    {
        Clear();
        var batch = new PipelineBatch(_streams, input, first, _ticks, _barList, _indicators, _imbalances, _signals, _alerts);
        PipelineCounters? counters = Counters;
        long before = start;
        for (int i = 0; i < _stages.Length; i++)
        {
            _stages[i].Process(batch);
            long now = _clock.MonotonicNs();
            _timings.Of(i).Record(now - before);
            counters?.OnStage(i, now - before);
            before = now;
        }

        _timings.Total.Record(before - start);
        counters?.OnBatch(input.Length, _ticks.Count, _barList.Count + _imbalances.Count, _indicators.Count, _signals.Count, _alerts.Count, start, before);
    }

    private int FinishIfEnded()
    {
        // In this order: a feed ends after its last record, so that an empty ring after that stays empty.
        if (!_inputEnded() || _input.HasEvents()) return 0;
        Clear();
        _bars.SayOpenBars(_barList);
        _signalLine?.SayOpenSpikes(_signals);
        // What is open at the end of the input has no batch: only its provisional indicators, where there are some, and publication take it.
        var batch = new PipelineBatch(_streams, default, _input.Next, _ticks, _barList, _indicators, _imbalances, _signals, _alerts);
        _indicatorStage.Process(batch);
        Counters?.OnOpen(_barList.Count, _indicators.Count, _signals.Count);
        _stages[^1].Process(batch);
        _drained.SetResult();
        return 0;
    }

    private void Clear()
    {
        _ticks.Clear();
        _barList.Clear();
        _indicators.Clear();
        _imbalances.Clear();
        _signals.Clear();
        _alerts.Clear();
    }
}
