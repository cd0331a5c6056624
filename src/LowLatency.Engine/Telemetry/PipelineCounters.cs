using LowLatency.Core.Counters;
using LowLatency.Engine.Pipeline;

namespace LowLatency.Engine.Telemetry;

/// <summary>What the pipeline's thread counts itself: a few stores a batch, each to a line of its own, none a tick. It is the only writer.</summary>
internal sealed class PipelineCounters
{
    private const long SecondNs = 1_000_000_000;

    private readonly Counter _batches;
    private readonly Counter _handled;
    private readonly Counter _busyNs;
    private readonly Counter _ticks;
    private readonly Counter _bars;
    private readonly Counter _indicators;
    private readonly Counter? _signals;
    private readonly Counter? _alerts;
    private readonly Counter[] _stageBusyNs;
    private readonly LongestBatch[] _stages;
    private LongestBatch _cycle;
    private long _secondEndNs;

    /// <summary>Allocates them.</summary>
    /// <param name="table">Where.</param>
    /// <param name="stages">The names of the stages, in order.</param>
    public PipelineCounters(CounterTable table, IReadOnlyList<string> stages)
    {
        _batches = table.Allocate(EngineCounterTypes.Batches, "pipeline: batches");
        _handled = table.Allocate(EngineCounterTypes.Handled, "pipeline: records handled");
        _busyNs = table.Allocate(EngineCounterTypes.BusyNs, "pipeline: busy ns");
        _cycle = new LongestBatch(
            table.Allocate(EngineCounterTypes.CycleMaxNs, "pipeline: longest batch ns"),
            table.Allocate(EngineCounterTypes.CycleRecentMaxNs, "pipeline: longest batch ns, last second"));
        _ticks = table.Allocate(EngineCounterTypes.StageRecords, "stage normalize: ticks made");
        _bars = table.Allocate(EngineCounterTypes.StageRecords, "stage bars: records made");
        _indicators = table.Allocate(EngineCounterTypes.StageRecords, "stage indicators: records made");
        if (stages.Contains(SignalStage.StageName)) _signals = table.Allocate(EngineCounterTypes.StageRecords, $"stage {SignalStage.StageName}: records made");
        if (stages.Contains(AlertStage.StageName)) _alerts = table.Allocate(EngineCounterTypes.StageRecords, $"stage {AlertStage.StageName}: records made");
        _stageBusyNs = new Counter[stages.Count];
        _stages = new LongestBatch[stages.Count];
        for (int i = 0; i < stages.Count; i++)
        {
            _stageBusyNs[i] = table.Allocate(EngineCounterTypes.StageBusyNs, $"stage {stages[i]}: busy ns");
            _stages[i] = new LongestBatch(
                table.Allocate(EngineCounterTypes.StageMaxNs, $"stage {stages[i]}: longest batch ns"),
                table.Allocate(EngineCounterTypes.StageRecentMaxNs, $"stage {stages[i]}: longest batch ns, last second"));
        }
    }

    /// <summary>A stage has handled a batch.</summary>
    /// <param name="stage">Its place.</param>
    /// <param name="ns">How long it took, in nanoseconds.</param>
    public void OnStage(int stage, long ns)
    {
        _stageBusyNs[stage].Add(ns);
        _stages[stage].Record(ns);
    }

    /// <summary>All stages have handled a batch.</summary>
    /// <param name="records">Input records in it.</param>
    /// <param name="ticks">Ticks made of them.</param>
    /// <param name="bars">Bars made of those, and what closed those of imbalance.</param>
    /// <param name="indicators">Indicators' values made of those.</param>
    /// <param name="signals">Samples of the intensity, spikes and reversals made of ticks and bars.</param>
    /// <param name="alerts">Alerts made of all of those.</param>
    /// <param name="startNs">When it began, on the monotonic clock.</param>
    /// <param name="endNs">When it ended.</param>
    public void OnBatch(int records, int ticks, int bars, int indicators, int signals, int alerts, long startNs, long endNs)
    {
        _batches.Increment();
        _handled.Add(records);
        _ticks.Add(ticks);
        _bars.Add(bars);
        _indicators.Add(indicators);
        _signals?.Add(signals);
        _alerts?.Add(alerts);
        _busyNs.Add(endNs - startNs);
        _cycle.Record(endNs - startNs);
        if (endNs < _secondEndNs) return;
        Roll();
        _secondEndNs = endNs + SecondNs;
    }

    /// <summary>The input has ended, and what is still open has been said.</summary>
    /// <param name="bars">How many bars.</param>
    /// <param name="indicators">How many provisional values of indicators.</param>
    /// <param name="spikes">How many spikes.</param>
    public void OnOpen(int bars, int indicators, int spikes)
    {
        _bars.Add(bars);
        _indicators.Add(indicators);
        _signals?.Add(spikes);
    }

    /// <summary>Shows what the last second has so far: at the end.</summary>
    public void Roll()
    {
        _cycle.Roll();
        for (int i = 0; i < _stages.Length; i++) _stages[i].Roll();
    }
}
