using LowLatency.Analytics.Batches;
using LowLatency.Analytics.Indicators.Steps;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Analytics.Indicators;

/// <summary>
/// Computes indicators on the bars that builders said: on closed ones; as settings ask, again on revised ones and those behind them, and on open ones.
/// Each indicator takes all bars of a batch in one call. Single-threaded.
/// </summary>
/// <remarks>
/// Restating: before each of an interval's last closed bars every indicator's state is saved. A bar that is revised, inserted or loses its last trade is taken
/// again from there, and so are the bars behind it: after any stream the last values said of a bar that can still be revised are those of the bars as they now
/// stand. Bars that are not of time are never revised, and nothing is saved for them.
/// </remarks>
public sealed class IndicatorBuilder
{
    private readonly Indicator[] _indicators;
    private readonly double[][] _values;
    private readonly IndicatorOutput _output;
    private readonly int _specs;
    private readonly int[] _timeLane;
    private readonly int _timeLanes;
    private readonly int _revisable;
    private readonly bool _restates;
    private readonly bool _provisional;
    private IndicatorStep[] _steps;
    private StepSource[] _sources;
    private int _count;
    private RestatableBars[][] _kept = [];
    private int _room;

    /// <summary>Makes one.</summary>
    /// <param name="indicators">The indicators, used by this builder alone; a record's indicator is an index into it.</param>
    /// <param name="specs">The kinds of bars; a record's spec is an index into it.</param>
    /// <param name="settings">When they are computed; read once, here.</param>
    /// <param name="revisable">How many closed bars of each interval can be revised: as many as for the bar builder.</param>
    /// <param name="room">How many bars of a batch there is room for at the start.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one bar can be revised.</exception>
    public IndicatorBuilder(IReadOnlyList<Indicator> indicators, IReadOnlyList<BarSpec> specs, IndicatorSettings settings, int revisable = 8, int room = 256)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(revisable, 1);
        _indicators = [.. indicators];
        _values = [.. _indicators.Select(i => new double[room * i.Spec.Outputs.Count])];
        _specs = specs.Count;
        _timeLane = new int[specs.Count];
        for (int i = 0; i < specs.Count; i++) _timeLane[i] = specs[i].Kind == BarKind.Time ? _timeLanes++ : -1;
        _revisable = revisable;
        _restates = settings.Restate;
        _provisional = settings.Provisional;
        _steps = new IndicatorStep[room];
        _sources = new StepSource[room];
        _output = new IndicatorOutput(_indicators, _values, settings.Provisional);
    }

    /// <summary>Handles a batch.</summary>
    /// <param name="bars">The bars said, in order.</param>
    /// <param name="causes">For each of them the place in the batch of its input record.</param>
    /// <param name="output">
    /// Receives the values, in the order of the bars; of a revised bar first its own, then those of the closed bars behind it. Bars on which nothing is defined
    /// say nothing, unless something was said of them before that no longer holds.
    /// </param>
    public void Build(ReadOnlySpan<BarRecord> bars, ReadOnlySpan<int> causes, EmittedList<IndicatorRecord> output)
    {
        _count = 0;
        for (int i = 0; i < bars.Length; i++)
        {
            if (bars[i].State == BarState.Open ? _provisional : _restates || bars[i].State == BarState.Closed) AddBar(bars, i);
        }

        if (_count == 0) return;
        ReadOnlySpan<IndicatorStep> steps = _steps.AsSpan(0, _count);
        for (int i = 0; i < _indicators.Length; i++) _indicators[i].Take(steps, _values[i]);
        _output.Say(bars, causes, steps, _sources, _kept, _timeLane, output);
    }

    private void AddBar(ReadOnlySpan<BarRecord> bars, int index)
    {
        ref readonly BarRecord bar = ref bars[index];
        int instrument = (int)bar.Header.Instrument;
        if (instrument >= _room) MakeRoom(instrument);
        var input = new BarInput(bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, bar.StartNs);
        int lane = (instrument * _specs) + bar.Spec;
        if (bar.State == BarState.Open) Add(new IndicatorStep(input, lane, FollowsAnOpenBar(bars, index) ? StepKind.ProvisionalAfter : StepKind.Provisional), new StepSource(index));
        else if (_restates && _timeLane[bar.Spec] >= 0) AddRestated(input, lane, instrument, _timeLane[bar.Spec], index);
        else Add(new IndicatorStep(input, lane, StepKind.Next), new StepSource(index));
    }

    private void AddRestated(in BarInput bar, int lane, int instrument, int timeLane, int index)
    {
        if (_kept[instrument].Length == 0) Begin(instrument);
        RestatableBars kept = _kept[instrument][timeLane];
        int position = kept.Put(bar, out bool isNew);
        // Nothing is left of what the indicators were so long ago; the bar builder counts such trades as too late.
        if (position < 0) return;
        int first = timeLane * _revisable;
        bool isNewest = isNew && position == kept.Count - 1;
        Add(new IndicatorStep(bar, lane, isNewest ? StepKind.Save : StepKind.Restore, instrument, first + kept.PlaceOf(position)), new StepSource(index, kept.CountersOf(position), isNew));
        for (int behind = position + 1; behind < kept.Count; behind++)
            Add(new IndicatorStep(kept[behind], lane, StepKind.Save, instrument, first + kept.PlaceOf(behind)), new StepSource(index, kept.CountersOf(behind)));
    }

    // Bars that wait in their grace are said just before the one behind them.
    private static bool FollowsAnOpenBar(ReadOnlySpan<BarRecord> bars, int index)
    {
        if (index == 0) return false;
        ref readonly BarRecord bar = ref bars[index];
        ref readonly BarRecord before = ref bars[index - 1];
        return before.State == BarState.Open && before.Spec == bar.Spec && before.Header.Instrument == bar.Header.Instrument && before.Input == bar.Input && before.StartNs < bar.StartNs;
    }

    private void Add(in IndicatorStep step, in StepSource source)
    {
        if (_count == _steps.Length) Grow();
        _steps[_count] = step;
        _sources[_count++] = source;
    }

    private void Grow()
    {
        Array.Resize(ref _steps, Math.Max(16, _count * 2));
        Array.Resize(ref _sources, _steps.Length);
        for (int i = 0; i < _values.Length; i++) Array.Resize(ref _values[i], _steps.Length * _indicators[i].Spec.Outputs.Count);
    }

    private void MakeRoom(int instrument)
    {
        _room = Math.Max(16, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)instrument + 1));
        foreach (Indicator indicator in _indicators) indicator.EnsureLanes(_room * _specs);
        _output.EnsureLanes(_room * _specs);
        int before = _kept.Length;
        Array.Resize(ref _kept, _room);
        for (int i = before; i < _room; i++) _kept[i] = [];
    }

    private void Begin(int instrument)
    {
        _kept[instrument] = [.. Enumerable.Range(0, _timeLanes).Select(_ => new RestatableBars(_revisable, _indicators.Length))];
        foreach (Indicator indicator in _indicators) indicator.BeginSaving(instrument, _timeLanes * _revisable);
    }
}
