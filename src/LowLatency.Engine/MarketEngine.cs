using LowLatency.Analytics.Alerts;
using LowLatency.Analytics.Bars;
using LowLatency.Analytics.Batches;
using LowLatency.Analytics.Indicators;
using LowLatency.Analytics.Intensity;
using LowLatency.Analytics.Normalization;
using LowLatency.Analytics.Reversals;
using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Core.Counters;
using LowLatency.Core.Hashing;
using LowLatency.Core.Native;
using LowLatency.Core.Rings;
using LowLatency.Engine.Pipeline;
using LowLatency.Engine.Settings;
using LowLatency.Engine.Telemetry;
using LowLatency.Feeds;
using LowLatency.Feeds.Csv;
using LowLatency.Feeds.Settings;
using LowLatency.Feeds.Simulation;
using LowLatency.Market.Calendars;
using LowLatency.Market.Instruments;
using LowLatency.Market.Records;
using LowLatency.Market.Settings;
using LowLatency.Market.Streams;
using Microsoft.Extensions.Logging;

namespace LowLatency.Engine;

/// <summary>
/// The whole line in one process: feeds write to the input ring, the pipeline's thread normalises, builds bars, computes indicators, calls the
/// desk's stages and publishes. One engine is started once.
/// </summary>
public sealed class MarketEngine : IDisposable
{
    private readonly RingBuffer<TickRecord> _ring;
    private readonly Normalizer _normalizer;
    private readonly TimeBarBuilder _bars;
    private readonly EventBarBuilder _eventBars;
    private readonly SignalLine? _signals;
    private readonly AlertLine? _alerts;
    private readonly PublishStage _publish;
    private readonly PipelineAgent _pipeline;
    private readonly List<AgentRunner> _runners = [];
    private readonly List<GuardedStage> _ownStages = [];
    private readonly CancellationTokenSource _abandon = new();
    private readonly Feed[] _endingFeeds;
    private readonly EngineCounters? _counters;
    private readonly ThreadPlacer _placer;
    private PlacementRefusal? _memoryRefusal;
    private int _state;
    private int _disposed;
    private bool _hasWriter;

    /// <summary>Wires an engine; nothing runs yet.</summary>
    /// <param name="settings">Its settings, checked.</param>
    /// <param name="stages">The desk's stages, in the order in which they are called.</param>
    /// <param name="feeds">Makers of the desk's feeds; each gets a thread of its own.</param>
    /// <param name="clock">The time.</param>
    /// <param name="logger">For what must be told.</param>
    /// <exception cref="SettingsException">The settings do not do for these feeds and stages, or name what cannot be used.</exception>
    public MarketEngine(
        LowLatencySettings settings,
        IEnumerable<IPipelineStage> stages,
        IEnumerable<Func<FeedContext, Feed>> feeds,
        IClock clock,
        ILogger<MarketEngine> logger)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(clock);
        Settings = settings;
        Native = NativeFactory.Choose(settings.Engine.Native);
        _placer = Native.CreateThreadPlacer();
        IReadOnlyList<BarSpec> specs = settings.MakeBarSpecs();
        IReadOnlyList<Indicator> indicators = settings.MakeIndicators();
        Func<FeedContext, Feed>[] ownFeeds = [.. feeds];

        var instruments = new InstrumentTable(settings.Engine.MaxInstruments);
        var channels = new ChannelTable(specs, [.. indicators.Select(i => i.Spec)]);
        uint epoch = (uint)(clock.EpochNs() / 1_000_000_000);
        Streams = new PublishedStreams(PublishedStreams.CreateRing(settings.Engine.OutputBytes), channels, instruments, new SourceTable(), epoch);
        _ring = new RingBuffer<TickRecord>(settings.Engine.InputSlots, ModeOf(settings, ownFeeds.Length));

        // The line, in order: normalise, bars, indicators, signals, alerts, the desk's own stages, publish.
        Outcomes = settings.Engine.KeepOutcomes ? new EmittedList<TickOutcome>(settings.Engine.Batch * 2) : null;
        int ClassIndexOf(uint instrument) => Array.FindIndex(settings.InstrumentClasses, c => c.Contains(instruments.Symbol(instrument)));
        InstrumentClassSettings? ClassOf(uint instrument) => ClassIndexOf(instrument) is >= 0 and var i ? settings.InstrumentClasses[i] : null;
        SessionCalendar? CalendarOf(uint instrument) => SessionCalendar.Of(ClassOf(instrument)?.Calendar ?? settings.Bars.Calendar);
        _normalizer = new Normalizer(settings.Normalization, outcomes: Outcomes, outlierLogReturnOf: instrument => ClassOf(instrument)?.OutlierLogReturn ?? 0);
        _bars = new TimeBarBuilder(settings.Bars, [.. specs.Where(s => s.Kind == BarKind.Time)], settings.Normalization.CorrectableTrades, CalendarOf, settings.IndicatorOptions.Provisional);
        _eventBars = new EventBarBuilder(settings.Bars, specs, (instrument, price) => EngineLog.BricksCut(logger, instruments.Symbol(instrument), price, settings.Bars.Renko));
        _signals = settings.Intensity.Enabled ? new SignalLine(settings, specs, CalendarOf, ClassIndexOf) : null;
        _alerts = settings.Alerts.Length > 0 ? new AlertLine(settings, Streams) : null;
        _publish = new PublishStage(Streams, settings.Engine.OutputDigest, _abandon.Token);
        foreach (IPipelineStage stage in stages) _ownStages.Add(new GuardedStage(stage, logger));
        var barStage = new BarStage(_bars, _eventBars, settings.Engine.Batch * specs.Count);
        var indicatorBuilder = new IndicatorBuilder(indicators, specs, settings.IndicatorOptions, settings.Bars.Revisable, Math.Min(settings.Engine.Batch * specs.Count, 4096));
        var indicatorStage = new IndicatorStage(indicatorBuilder);
        IPipelineStage[] line =
        [
            new NormalizeStage(_normalizer),
            barStage,
            indicatorStage,
            .. _signals is null ? (IPipelineStage[])[] : [_signals.Stage],
            .. _alerts is null ? (IPipelineStage[])[] : [_alerts.Stage],
            .. _ownStages,
            _publish,
        ];
        Timings = new StageTimings(line.Select(s => s.Name));

        var parker = new Parker();
        RingConsumer<TickRecord> input = _ring.AddConsumer(parker);
        var probe = new RingProbe();
        _pipeline = new PipelineAgent(Streams, input, line, barStage, indicatorStage, _signals, Timings, probe, clock, settings.Engine.Batch, InputEnded);
        _runners.Add(AgentRunner.Create("pipeline", settings.Engine.Idle, parker, Place(settings.Engine.Placement.Pipeline), _pipeline));
        Feeds = MakeFeeds(ownFeeds, clock, probe);
        _endingFeeds = [.. Feeds.Where(f => f is not ClockFeed)];
        // It must be compared with the system's from time to time, and this engine is who needs it.
        if (clock is ICalibratedClock calibrated)
            _runners.Add(AgentRunner.Create("clock", IdleStrategyKind.Blocking, new Parker(), 1000, new ClockCalibrationAgent(calibrated, SystemClock.Instance)));
        Placed = CollectRefusalsAsync();
        Completion = WatchAsync([.. _runners.Select(r => r.Completion)]);
        // Last, because it makes a file: nothing behind it can fail.
        _counters = EngineCounters.TryCreate(this, _ring, clock, logger);
        if (_counters is not null) CountWith(_counters);
    }

    /// <summary>Its settings.</summary>
    public LowLatencySettings Settings { get; }

    /// <summary>Whether it uses the native library, and why.</summary>
    public NativeFactory Native { get; }

    /// <summary>Ends when all threads have started, with what the system refused of their placement; the threads run on without it.</summary>
    public Task<IReadOnlyList<PlacementRefusal>> Placed { get; }

    /// <summary>What it publishes: the seam for readers.</summary>
    public PublishedStreams Streams { get; }

    /// <summary>Its feeds.</summary>
    public IReadOnlyList<Feed> Feeds { get; }

    /// <summary>What became of the input.</summary>
    public NormalizationCounters Normalization => _normalizer.Counters;

    /// <summary>The first rejected records.</summary>
    public RejectLog Rejects => _normalizer.Rejects;

    /// <summary>What became of the bars.</summary>
    public BarCounters Bars => _bars.Counters;

    /// <summary>Number of bars closed that are not of time.</summary>
    public long EventBars => _eventBars.Closed;

    /// <summary>Trades that made more Renko bricks than the 10,000 that one may lay: the setting <c>bars.renko</c> is tiny beside the moves of the price.</summary>
    public long BrickCuts => _eventBars.BrickCuts;

    /// <summary>How many signals there were; null when the setting <c>intensity.enabled</c> is off.</summary>
    public SignalCounters? Signals => _signals?.Counters;

    /// <summary>How many alerts there were; null when the setting <c>alerts</c> has no rules.</summary>
    public AlertCounters? Alerts => _alerts?.Counters;

    /// <summary>How long the stages take.</summary>
    public StageTimings Timings { get; }

    /// <summary>
    /// The counters that other processes read, <c>./run.sh stat</c> for one; a desk may add its own, with types behind
    /// <see cref="EngineCounterTypes.Last"/>. Null when the setting <c>counters.enabled</c> is off, or the system refused the file.
    /// </summary>
    public CounterTable? Counters => _counters?.Table;

    /// <summary>The counters' file; null when there is none.</summary>
    public string? CountersPath => _counters?.Path;

    /// <summary>Counts and writes down what went wrong around it; null without counters.</summary>
    internal LowLatency.Core.Errors.IErrorHandler? CountedErrors => _counters?.Errors;

    /// <summary>Input records taken so far.</summary>
    public long Taken => _pipeline.Taken;

    /// <summary>Records published so far.</summary>
    public long Published => _publish.Published;

    /// <summary>Fingerprint of everything published, receive times apart; empty unless the setting <c>engine.output_digest</c> is on. To be read when the engine has stopped.</summary>
    public RecordDigest OutputDigest => _publish.Digest;

    /// <summary>How often the desk's stages have thrown.</summary>
    public long StageFailures => _ownStages.Sum(s => s.Failures);

    /// <summary>What a stage of the desk's threw last, of several stages the one called last; null when none has.</summary>
    public Exception? LastStageFailure => _ownStages.Select(s => s.LastFailure).LastOrDefault(f => f is not null);

    /// <summary>Where it is in its life.</summary>
    public EngineState State => _runners.Exists(r => r.Completion.IsFaulted) ? EngineState.Failed : (EngineState)Volatile.Read(ref _state);

    /// <summary>Ends when all feeds have ended and everything that came of their records has been published; never for feeds without an end.</summary>
    public Task Drained => _pipeline.Drained;

    /// <summary>Ends as soon as a thread has failed, faulted with what it threw, or when all threads have ended as they were asked to.</summary>
    public Task Completion { get; }

    /// <summary>What became of each record of the batch, for a stage that writes it down; null unless it is asked for.</summary>
    internal EmittedList<TickOutcome>? Outcomes { get; }

    /// <summary>Its signals; null as <see cref="Signals"/> is.</summary>
    internal SignalLine? SignalLine => _signals;

    /// <summary>The input ring, for who drives the pipeline from a thread of his own instead of starting the engine: benchmarks and tests.</summary>
    internal RingBuffer<TickRecord> Input => _ring;

    /// <summary>The pipeline, for the same.</summary>
    internal PipelineAgent Pipeline => _pipeline;

    /// <summary>What a thread failed with; null when none has.</summary>
    internal Exception? Failure => _runners.Select(r => r.Completion.Exception?.InnerException).FirstOrDefault(thrown => thrown is not null);

    /// <summary>The threads that have failed.</summary>
    internal IEnumerable<(string Thread, Exception Thrown)> Failures =>
        _runners.Where(r => r.Completion.IsFaulted).SelectMany(r => r.Completion.Exception!.InnerExceptions.Select(thrown => (r.Name, thrown)));

    /// <summary>For ticks from threads of one's own.</summary>
    /// <exception cref="InvalidOperationException">The input ring is for a single producer, and there is one: a feed, or a writer made before.</exception>
    public TickWriter CreateWriter()
    {
        if (_ring.Mode == ProducerMode.Single && (Feeds.Count > 0 || Interlocked.Exchange(ref _hasWriter, true)))
            throw new InvalidOperationException($"The input ring has a single producer, {(Feeds.Count > 0 ? $"the feed {Feeds[0].Name}" : "the writer made before")}; set engine.producers to multi to write ticks beside it.");
        return new TickWriter(_ring, Streams.Instruments);
    }

    /// <summary>
    /// Goes on with other settings of the signals, from the pipeline's next batch on; from any thread. What the instruments have seen is kept: thresholds and
    /// factors count at once, a window that becomes longer is without a value until it is full (docs/signals.md). Where a class of instruments says
    /// something of its own, that stays.
    /// </summary>
    /// <param name="intensity">Settings of the intensity; copied here.</param>
    /// <param name="reversals">Settings of the reversals; copied here. The timeframes cannot change.</param>
    /// <exception cref="SettingsException">Something is wrong with them; nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">The engine has no signals: the setting <c>intensity.enabled</c> is off.</exception>
    public void ChangeSignals(IntensitySettings intensity, ReversalSettings reversals)
    {
        ArgumentNullException.ThrowIfNull(intensity);
        ArgumentNullException.ThrowIfNull(reversals);
        SignalsToChange().Change(intensity, reversals);
    }

    /// <summary>The same together with what the classes of instruments say: all of it counts from the same batch on.</summary>
    /// <param name="intensity">Settings of the intensity; copied here.</param>
    /// <param name="reversals">Settings of the reversals; copied here. The timeframes cannot change.</param>
    /// <param name="classes">The classes, as many and with the symbols as at the start; copied here. Of their settings those of the signals count.</param>
    /// <exception cref="SettingsException">Something is wrong with them; nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">The engine has no signals: the setting <c>intensity.enabled</c> is off.</exception>
    public void ChangeSignals(IntensitySettings intensity, ReversalSettings reversals, IEnumerable<InstrumentClassSettings> classes)
    {
        ArgumentNullException.ThrowIfNull(intensity);
        ArgumentNullException.ThrowIfNull(reversals);
        ArgumentNullException.ThrowIfNull(classes);
        SignalsToChange().Change(intensity, reversals, [.. classes]);
    }

    /// <summary>
    /// Goes on with other rules for alerts, from the pipeline's next batch on; from any thread. A rule that was there before, by name and text, goes on from what
    /// it has seen; a value that no rule has read before is not known until it is published next (docs/alerts.md).
    /// </summary>
    /// <param name="alerts">The rules, all of them; copied here. None: there are no more alerts.</param>
    /// <exception cref="SettingsException">Something is wrong with them; nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">The engine was made without rules.</exception>
    public void ChangeAlerts(IReadOnlyList<AlertSettings> alerts)
    {
        ArgumentNullException.ThrowIfNull(alerts);
        if (_alerts is null) throw new InvalidOperationException("The engine was made without rules in the setting alerts, and so without the stage that looks at them; make it with one rule at least.");
        _alerts.Change(alerts);
    }

    /// <summary>Starts the threads.</summary>
    /// <exception cref="InvalidOperationException">It has been started before.</exception>
    public void Start()
    {
        if (Interlocked.CompareExchange(ref _state, (int)EngineState.Running, (int)EngineState.Created) != (int)EngineState.Created)
            throw new InvalidOperationException("An engine is started once; make a new one.");
        if (Settings.Engine.Placement.LockMemory) _memoryRefusal = _placer.LockMemory();
        foreach (AgentRunner runner in _runners) runner.Start();
        _counters?.Start();
    }

    /// <summary>
    /// Stops the feeds, lets the pipeline finish what had been delivered until then, and ends all threads. A stage that calls it, on the pipeline's
    /// own thread, ends the engine after its batch.
    /// </summary>
    public void Stop()
    {
        if (Interlocked.CompareExchange(ref _state, (int)EngineState.Stopped, (int)EngineState.Running) != (int)EngineState.Running) return;
        foreach (AgentRunner runner in _runners.Skip(1)) runner.Dispose();
        // What is written from now on, by threads of the desk's, is left: they may never stop.
        long last = _ring.Cursor;
        var wait = default(SpinWait);
        while (MustFinish(last)) wait.SpinOnce();
        _runners[0].Dispose();
    }

    /// <summary>
    /// Gives up what is unfinished: from now on the pipeline fails rather than wait for a reader that gates the output, and <see cref="Stop"/> does
    /// not wait for input that has not been taken.
    /// </summary>
    public void Abandon()
    {
        if (Volatile.Read(ref _disposed) == 0) _abandon.Cancel();
    }

    /// <summary>Abandons and stops; a second time it does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        _abandon.Cancel();
        Stop();
        Interlocked.CompareExchange(ref _state, (int)EngineState.Stopped, (int)EngineState.Created);
        foreach (AgentRunner runner in _runners) runner.Dispose();
        // Behind all that counts.
        _counters?.Dispose();
        _abandon.Dispose();
    }

    private SignalLine SignalsToChange() => _signals ?? throw new InvalidOperationException("The engine was made with intensity.enabled off; make one with it on.");

    private void CountWith(EngineCounters counters)
    {
        _pipeline.Counters = counters.Pipeline;
        foreach (AgentRunner runner in _runners) runner.ErrorHandler = counters.Errors;
        foreach (GuardedStage stage in _ownStages) stage.ErrorHandler = counters.Errors;
    }

    private static async Task WatchAsync(Task[] threads)
    {
        await foreach (Task thread in Task.WhenEach(threads).ConfigureAwait(false)) await thread.ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<PlacementRefusal>> CollectRefusalsAsync()
    {
        var refusals = new List<PlacementRefusal>();
        foreach (AgentRunner runner in _runners) refusals.AddRange(await runner.Placed.ConfigureAwait(false));
        if (_memoryRefusal is not null) refusals.Add(_memoryRefusal);
        return refusals;
    }

    private RunnerOptions Place(ThreadPlacement placement, int parkMs = 10) => new() { Placement = placement, Placer = _placer, ParkMs = parkMs };

    private static ProducerMode ModeOf(LowLatencySettings settings, int ownFeeds)
    {
        int feeds = ownFeeds + (settings.Feed.Kind == FeedKind.None ? 0 : 1);
        return settings.Engine.Producers switch
        {
            ProducerChoice.Multi => ProducerMode.Multi,
            ProducerChoice.Single when feeds > 1 => throw new SettingsException($"engine.producers: single does not do for {feeds} feeds; write multi or auto"),
            ProducerChoice.Single => ProducerMode.Single,
            _ => feeds == 1 ? ProducerMode.Single : ProducerMode.Multi,
        };
    }

    private bool MustFinish(long last) =>
        !_abandon.IsCancellationRequested && !_pipeline.IsOnItsThread && _pipeline.Taken <= last && _pipeline.HasWork() && !_runners[0].Completion.IsCompleted;

    // The pipeline asks at every turn without input.
    private bool InputEnded()
    {
        foreach (Feed feed in _endingFeeds)
        {
            if (!feed.Completed) return false;
        }

        return _endingFeeds.Length > 0;
    }

    private List<Feed> MakeFeeds(Func<FeedContext, Feed>[] ownFeeds, IClock clock, RingProbe probe)
    {
        var made = new List<Feed>();
        if (Settings.Feed.Kind != FeedKind.None)
        {
            if (Settings.FeedMistakes() is { Count: > 0 } mistakes) throw new SettingsException(mistakes);
            var parker = new Parker();
            var context = new FeedContext(_ring, Streams.Instruments, Streams.Sources, clock, parker);
            Feed feed = Settings.Feed.Kind == FeedKind.Replay ? new TickCsvFeed(context, Settings.Feed.Replay) : new SimulatorFeed(context, Settings.Feed.Simulator);
            // A replay's time is its files': the machine's clock has no part in it.
            Feed[] together = Settings.Feed.Kind == FeedKind.Replay ? [feed] : [feed, new ClockFeed(context, Settings.Feed.Clock, feed)];
            made.AddRange(together);
            // Feed and clock share a thread, and so are one producer.
            _runners.Add(AgentRunner.Create("feed", Settings.Engine.FeedIdle, parker, Place(Settings.Engine.Placement.Feed), [.. together.Select(f => new FeedAgent(f, _ring, probe, clock))]));
        }

        foreach (Func<FeedContext, Feed> make in ownFeeds)
        {
            var parker = new Parker();
            Feed feed = make(new FeedContext(_ring, Streams.Instruments, Streams.Sources, clock, parker));
            made.Add(feed);
            _runners.Add(AgentRunner.Create(feed.Name, Settings.Engine.FeedIdle, parker, Place(Settings.Engine.Placement.Feed, parkMs: 1), new FeedAgent(feed, _ring, null, clock)));
        }

        return made;
    }
}
