using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Analytics.Indicators;

/// <summary>An indicator over all instruments and intervals: one call takes every bar that a batch closed. Single-threaded.</summary>
public abstract class Indicator
{
    private protected Indicator(IndicatorSpec spec, int warmUp)
    {
        Spec = spec;
        WarmUp = warmUp;
    }

    /// <summary>Its name and outputs.</summary>
    public IndicatorSpec Spec { get; }

    /// <summary>Bars of a lane until its first value.</summary>
    public int WarmUp { get; }

    /// <summary>Makes room for lanes 0 to <paramref name="lanes"/> - 1.</summary>
    /// <param name="lanes">Number of lanes.</param>
    public abstract void EnsureLanes(int lanes);

    /// <summary>Takes bars in their order of closing; no two of them need be of the same lane.</summary>
    /// <param name="bars">Bars as first closed.</param>
    /// <param name="lanes">The lane of each: instrument times number of intervals plus interval.</param>
    /// <param name="values">Receives the outputs, <see cref="IndicatorSpec.Outputs"/> of them a bar; NaN while a lane warms up.</param>
    public abstract void Update(ReadOnlySpan<BarRecord> bars, ReadOnlySpan<int> lanes, Span<double> values);

    /// <summary>Takes a whole series at once: the batch form, of which every value equals the streaming form's to the bit.</summary>
    /// <param name="series">The values of one series, for example closes, oldest first.</param>
    /// <param name="values">Receives the outputs, as many a value of the series as the indicator has.</param>
    /// <remarks>It begins anew, whatever the indicator has seen before in any lane, and leaves the lanes as they were.</remarks>
    /// <exception cref="ArgumentException"><paramref name="values"/> is too short.</exception>
    public abstract void Compute(ReadOnlySpan<double> series, Span<double> values);
}
