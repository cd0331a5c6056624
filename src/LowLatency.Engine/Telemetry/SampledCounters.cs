using System.Buffers.Binary;
using LowLatency.Analytics.Normalization;
using LowLatency.Analytics.Reversals;
using LowLatency.Core.Counters;
using LowLatency.Core.Rings;
using LowLatency.Feeds;
using LowLatency.Market.Records;
using LowLatency.Market.Settings;

namespace LowLatency.Engine.Telemetry;

/// <summary>
/// What other threads count for themselves anyway, copied into the counters now and then: it costs them nothing. It allocates nothing either. One
/// thread samples.
/// </summary>
internal sealed class SampledCounters
{
    private readonly MarketEngine _engine;
    private readonly RingBuffer<TickRecord> _input;
    private readonly (Feed Feed, Counter Records)[] _feeds;
    private readonly (RejectReason Reason, Counter Counter)[] _rejected;
    private readonly Counter[] _collections;
    private readonly Counter _state;
    private readonly Counter _accepted;
    private readonly Counter _duplicates;
    private readonly Counter _late;
    private readonly Counter _gaps;
    private readonly Counter _other;
    private readonly Counter _cancels;
    private readonly Counter _corrections;
    private readonly Counter _suspects;
    private readonly Counter _producerPosition;
    private readonly Counter _consumerPosition;
    private readonly Counter _lag;
    private readonly Counter _closed;
    private readonly Counter _revised;
    private readonly Counter _tooLate;
    private readonly Counter _eventBars;
    private readonly Counter _brickCuts;
    private readonly Counter? _spikes;
    private readonly Counter[] _reversals = [];
    private readonly Counter? _alerts;
    private readonly Counter? _suppressed;
    private readonly Counter _published;
    private readonly Counter _publishedBytes;
    private readonly Counter _instruments;
    private readonly Counter _pauseNs;
    private readonly Counter _allocatedBytes;
    private readonly Counter _heapBytes;

    public SampledCounters(CounterTable table, MarketEngine engine, RingBuffer<TickRecord> input)
    {
        _engine = engine;
        _input = input;
        _state = table.Allocate(EngineCounterTypes.State, "engine: state (0 created, 1 running, 2 stopped, 3 failed)");
        _feeds = [.. engine.Feeds.Select(f => (f, table.Allocate(EngineCounterTypes.FeedRecords, $"feed {f.Name}: records")))];
        table.Allocate(EngineCounterTypes.InputSlots, "input ring: slots").Set(input.Capacity);
        _producerPosition = table.Allocate(EngineCounterTypes.ProducerPosition, "input ring: producer position");
        _consumerPosition = table.Allocate(EngineCounterTypes.ConsumerPosition, "input ring: consumer position");
        _lag = table.Allocate(EngineCounterTypes.InputLag, "input ring: lag");
        _accepted = table.Allocate(EngineCounterTypes.Accepted, "ticks: accepted");
        _rejected = [.. Enum.GetValues<RejectReason>().Select(r => (r, table.Allocate(EngineCounterTypes.Rejected, $"ticks: rejected, {SettingsBinder.SnakeCase(r.ToString())}", KeyOf((int)r))))];
        _duplicates = table.Allocate(EngineCounterTypes.Duplicates, "ticks: duplicates");
        _late = table.Allocate(EngineCounterTypes.Late, "ticks: late");
        _gaps = table.Allocate(EngineCounterTypes.Gaps, "ticks: gaps");
        _other = table.Allocate(EngineCounterTypes.Other, "ticks: other records");
        _cancels = table.Allocate(EngineCounterTypes.Cancels, "ticks: cancels");
        _corrections = table.Allocate(EngineCounterTypes.Corrections, "ticks: corrections");
        _suspects = table.Allocate(EngineCounterTypes.SuspectsPending, "ticks: suspects pending");
        _closed = table.Allocate(EngineCounterTypes.BarsClosed, "bars: closed");
        _revised = table.Allocate(EngineCounterTypes.BarsRevised, "bars: revised");
        _tooLate = table.Allocate(EngineCounterTypes.BarsTooLate, "bars: too late");
        _eventBars = table.Allocate(EngineCounterTypes.EventBarsClosed, "bars: closed, not of time");
        _brickCuts = table.Allocate(EngineCounterTypes.BrickCuts, "bars: trades beyond the most Renko bricks");
        if (engine.Signals is not null)
        {
            _spikes = table.Allocate(EngineCounterTypes.Spikes, "signals: spikes");
            _reversals = [.. Enumerable.Range(1, SignalCounters.Versions).Select(v => table.Allocate(EngineCounterTypes.Reversals, $"signals: reversals, version {v}", KeyOf(v)))];
        }

        if (engine.Alerts is not null)
        {
            _alerts = table.Allocate(EngineCounterTypes.Alerts, "alerts: said");
            _suppressed = table.Allocate(EngineCounterTypes.AlertsSuppressed, "alerts: not said, by cooldown");
        }

        _published = table.Allocate(EngineCounterTypes.Published, "publishing: records");
        _publishedBytes = table.Allocate(EngineCounterTypes.PublishedBytes, "publishing: bytes (position of the output ring)");
        table.Allocate(EngineCounterTypes.OutputBytes, "publishing: bytes of the output ring").Set(engine.Streams.Ring.Capacity);
        _instruments = table.Allocate(EngineCounterTypes.Instruments, "instruments");
        _collections = [.. Enumerable.Range(0, GC.MaxGeneration + 1).Select(g => table.Allocate(EngineCounterTypes.Collections, $"gc: collections, generation {g}", KeyOf(g)))];
        _pauseNs = table.Allocate(EngineCounterTypes.CollectionPauseNs, "gc: pause ns");
        _allocatedBytes = table.Allocate(EngineCounterTypes.AllocatedBytes, "gc: bytes allocated");
        _heapBytes = table.Allocate(EngineCounterTypes.HeapBytes, "gc: heap bytes");
    }

    public void Sample()
    {
        _state.Set((long)_engine.State);
        foreach ((Feed feed, Counter records) in _feeds) records.Set(feed.Published);
        // The consumer first: the other way round the lag could be below 0.
        long taken = _engine.Taken;
        long claimed = _input.Cursor + 1;
        _consumerPosition.Set(taken);
        _producerPosition.Set(claimed);
        _lag.Set(claimed - taken);

        NormalizationCounters normalization = _engine.Normalization;
        _accepted.Set(normalization.Accepted);
        foreach ((RejectReason reason, Counter counter) in _rejected) counter.Set(normalization.Rejected(reason));
        _duplicates.Set(normalization.Duplicates);
        _late.Set(normalization.Late);
        _gaps.Set(normalization.Gaps);
        _other.Set(normalization.Other);
        _cancels.Set(normalization.Cancels);
        _corrections.Set(normalization.Corrections);
        _suspects.Set(normalization.SuspectsPending);

        _closed.Set(_engine.Bars.Closed);
        _revised.Set(_engine.Bars.Revised);
        _tooLate.Set(_engine.Bars.TooLate);
        _eventBars.Set(_engine.EventBars);
        _brickCuts.Set(_engine.BrickCuts);
        if (_engine.Signals is { } signals)
        {
            _spikes?.Set(signals.Spikes);
            for (int i = 0; i < _reversals.Length; i++) _reversals[i].Set(signals.Reversals(i + 1));
        }

        if (_engine.Alerts is { } alerts)
        {
            _alerts?.Set(alerts.Said);
            _suppressed?.Set(alerts.Suppressed);
        }

        _published.Set(_engine.Published);
        _publishedBytes.Set(_engine.Streams.Ring.Position);
        _instruments.Set(_engine.Streams.Instruments.Count);

        for (int g = 0; g < _collections.Length; g++) _collections[g].Set(GC.CollectionCount(g));
        _pauseNs.Set(GC.GetTotalPauseDuration().Ticks * 100);
        _allocatedBytes.Set(GC.GetTotalAllocatedBytes(precise: false));
        _heapBytes.Set(GC.GetTotalMemory(forceFullCollection: false));
    }

    private static byte[] KeyOf(int number)
    {
        byte[] key = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(key, number);
        return key;
    }
}
