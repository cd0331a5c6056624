using LowLatency.Analytics.Batches;
using LowLatency.Analytics.Reversals;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Engine.Pipeline;

/// <summary>What the stages of a pipeline hand on: a batch of input records, and what the stages so far have made of them.</summary>
public readonly ref struct PipelineBatch
{
    internal PipelineBatch(
        PublishedStreams streams,
        ReadOnlySpan<TickRecord> input,
        long firstInput,
        EmittedList<TickRecord> ticks,
        EmittedList<BarRecord> bars,
        EmittedList<IndicatorRecord> indicators,
        EmittedList<ImbalanceRecord> imbalances,
        SignalList signals,
        EmittedList<AlertRecord> alerts)
    {
        Streams = streams;
        Input = input;
        FirstInput = firstInput;
        TickList = ticks;
        BarList = bars;
        IndicatorList = indicators;
        ImbalanceList = imbalances;
        SignalList = signals;
        AlertList = alerts;
    }

    /// <summary>What the ids in the records mean: instruments, sources, kinds of bars, indicators.</summary>
    public PublishedStreams Streams { get; }

    /// <summary>The input records, as the feeds delivered them.</summary>
    public ReadOnlySpan<TickRecord> Input { get; }

    /// <summary>Position in the whole input, from 0, of the first of them.</summary>
    public long FirstInput { get; }

    /// <summary>The normalised trades, quotes, clock events, cancels and corrections of trades that count, and gaps, in order.</summary>
    public ReadOnlySpan<TickRecord> Ticks => TickList.Items;

    /// <summary>For each tick its place in <see cref="Input"/>.</summary>
    public ReadOnlySpan<int> TickCauses => TickList.Causes;

    /// <summary>The bars said: open, closed and revised ones, in order. Their header has no sequence yet.</summary>
    public ReadOnlySpan<BarRecord> Bars => BarList.Items;

    /// <summary>For each bar the place in <see cref="Input"/> of the record that caused it.</summary>
    public ReadOnlySpan<int> BarCauses => BarList.Causes;

    /// <summary>
    /// The indicators' values, in order: on closed bars; with the setting indicator_options.restate again on revised ones and those behind them; with
    /// indicator_options.provisional on open ones too, flagged <see cref="RecordFlags.Provisional"/>. Their header has no sequence yet.
    /// </summary>
    public ReadOnlySpan<IndicatorRecord> Indicators => IndicatorList.Items;

    /// <summary>For each of those the place in <see cref="Input"/> of the record that caused it.</summary>
    public ReadOnlySpan<int> IndicatorCauses => IndicatorList.Causes;

    /// <summary>For each imbalance bar closed, what closed it, in order. Their header has no sequence yet.</summary>
    public ReadOnlySpan<ImbalanceRecord> Imbalances => ImbalanceList.Items;

    /// <summary>For each of those the place in <see cref="Input"/> of the record that caused it.</summary>
    public ReadOnlySpan<int> ImbalanceCauses => ImbalanceList.Causes;

    /// <summary>Samples of the instruments' intensity, in order. Their header has no sequence yet.</summary>
    public ReadOnlySpan<IntensityRecord> Intensities => SignalList.Intensities.Items;

    /// <summary>Begins and ends of spikes, in order. Their header has no sequence yet.</summary>
    public ReadOnlySpan<SpikeRecord> Spikes => SignalList.Spikes.Items;

    /// <summary>For each of those the place in <see cref="Input"/> of the record that caused it.</summary>
    public ReadOnlySpan<int> SpikeCauses => SignalList.Spikes.Causes;

    /// <summary>Reversal signals, in order. Their header has no sequence yet.</summary>
    public ReadOnlySpan<ReversalRecord> Reversals => SignalList.Reversals.Items;

    /// <summary>For each of those the place in <see cref="Input"/> of the record that caused it.</summary>
    public ReadOnlySpan<int> ReversalCauses => SignalList.Reversals.Causes;

    /// <summary>Alerts, in order. Their header has no sequence yet.</summary>
    public ReadOnlySpan<AlertRecord> Alerts => AlertList.Items;

    /// <summary>For each of those the place in <see cref="Input"/> of the record that caused it.</summary>
    public ReadOnlySpan<int> AlertCauses => AlertList.Causes;

    internal EmittedList<TickRecord> TickList { get; }

    internal EmittedList<BarRecord> BarList { get; }

    internal EmittedList<IndicatorRecord> IndicatorList { get; }

    internal EmittedList<ImbalanceRecord> ImbalanceList { get; }

    internal SignalList SignalList { get; }

    internal EmittedList<AlertRecord> AlertList { get; }
}
