using LowLatency.Analytics.Indicators.Steps;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Analytics.Indicators;

/// <summary>
/// An indicator over all instruments and intervals. Single-threaded. Streaming: one call takes every bar that a batch closed, each in its lane. Batch: one
/// call takes whole columns. A bar of which something that the indicator reads is not finite gives NaN and is otherwise left out: the state stays.
/// </summary>
public abstract class Indicator
{
    private protected Indicator(IndicatorSpec spec) => Spec = spec;

    /// <summary>Its name and outputs.</summary>
    public IndicatorSpec Spec { get; }

    /// <summary>What it reads of a bar.</summary>
    public abstract BarColumns Reads { get; }

    /// <summary>Bars of a lane until the first value of any output.</summary>
    public int WarmUp => Enumerable.Range(0, Spec.Outputs.Count).Min(WarmUpOf);

    /// <summary>Bars of a lane until the first value of an output.</summary>
    /// <param name="output">Its index in <see cref="IndicatorSpec.Outputs"/>.</param>
    public abstract int WarmUpOf(int output);

    /// <summary>Makes room for lanes 0 to <paramref name="lanes"/> - 1.</summary>
    /// <param name="lanes">Number of lanes.</param>
    public abstract void EnsureLanes(int lanes);

    /// <summary>Streaming: takes bars in their order of closing; no two of them need be of the same lane.</summary>
    /// <param name="bars">Bars as first closed.</param>
    /// <param name="lanes">The lane of each: instrument times number of intervals plus interval.</param>
    /// <param name="values">Receives the outputs bar after bar, <see cref="IndicatorSpec.Outputs"/> of them a bar; NaN where not defined.</param>
    public abstract void Update(ReadOnlySpan<BarRecord> bars, ReadOnlySpan<int> lanes, Span<double> values);

    /// <summary>Takes the next chunk of one lane's bars.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="bars">The bars.</param>
    /// <param name="values">Receives the outputs column after column, as in <see cref="Compute(in BarSeries, Span{double})"/>.</param>
    /// <exception cref="ArgumentException">A column that is read has another length than the closes, or <paramref name="values"/> is too short.</exception>
    public void Update(int lane, in BarSeries bars, Span<double> values)
    {
        bars.Check(Reads);
        CheckRoom(bars.Length, values.Length);
        UpdateLane(lane, bars, values);
    }

    /// <summary>Batch: takes a whole series at once. Every value equals the streaming form's to the bit, whatever the width of the machine's vectors.</summary>
    /// <param name="bars">The bars; the columns named by <see cref="Reads"/> are read.</param>
    /// <param name="values">
    /// Receives the outputs column after column: output o of bar i at o * bars + i. With room for fewer columns than there are outputs it receives the first
    /// of them.
    /// </param>
    /// <remarks>It begins anew, whatever the indicator has seen before in any lane, and leaves the lanes as they were.</remarks>
    /// <exception cref="ArgumentException">A column that is read has another length than the closes, or <paramref name="values"/> is too short.</exception>
    public void Compute(in BarSeries bars, Span<double> values)
    {
        bars.Check(Reads);
        CheckRoom(bars.Length, values.Length);
        if (bars.Length > 0) ComputeBars(bars, values);
    }

    /// <summary>Batch, for an indicator of one series: the same on any series.</summary>
    /// <param name="series">The values of one series, for example closes, oldest first.</param>
    /// <param name="values">Receives the outputs column after column.</param>
    /// <exception cref="ArgumentException"><paramref name="values"/> is too short.</exception>
    /// <exception cref="InvalidOperationException">The indicator reads more of a bar than one number.</exception>
    public void Compute(ReadOnlySpan<double> series, Span<double> values)
    {
        if (!IsOfOneSeries) throw new InvalidOperationException($"{Spec.Name} reads {Reads} of a bar: give it a {nameof(BarSeries)}.");
        CheckRoom(series.Length, values.Length);
        if (series.Length > 0) ComputeSeries(series, values);
    }

    internal abstract bool IsOfOneSeries { get; }

    /// <summary>Makes room for the states of an instrument that steps save.</summary>
    internal abstract void BeginSaving(int instrument, int slots);

    /// <summary>Takes steps in order; receives the outputs step after step.</summary>
    internal abstract void Take(ReadOnlySpan<IndicatorStep> steps, Span<double> values);

    /// <summary>Takes steps whose values are given, for an indicator of one series.</summary>
    internal abstract void TakeSeries(ReadOnlySpan<double> series, ReadOnlySpan<IndicatorStep> steps, Span<double> values);

    internal abstract void UpdateSeries(ReadOnlySpan<double> series, ReadOnlySpan<int> lanes, Span<double> values);

    internal abstract void UpdateLaneSeries(int lane, ReadOnlySpan<double> series, Span<double> values);

    internal abstract void ComputeSeries(ReadOnlySpan<double> series, Span<double> values);

    private protected abstract void UpdateLane(int lane, in BarSeries bars, Span<double> values);

    private protected abstract void ComputeBars(in BarSeries bars, Span<double> values);

    private static void CheckRoom(int bars, int values)
    {
        if (values < bars) throw new ArgumentException($"One output of {bars} bars does not fit into {values} values.", nameof(values));
    }
}
