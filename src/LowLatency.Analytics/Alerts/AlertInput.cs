using LowLatency.Analytics.Batches;
using LowLatency.Analytics.Reversals;
using LowLatency.Market.Records;

namespace LowLatency.Analytics.Alerts;

/// <summary>A batch as rules see it.</summary>
/// <param name="firstInput">Position in the whole input of the batch's first record.</param>
/// <param name="ticks">Normalised ticks, quotes, gaps and clock events.</param>
/// <param name="bars">What became of the bars; those that closed count.</param>
/// <param name="indicators">The indicators' values on them, in their order.</param>
/// <param name="imbalances">What closed the imbalance bars, in their order.</param>
/// <param name="signals">Intensity, spikes and reversals.</param>
public readonly ref struct AlertInput(
    long firstInput, EmittedList<TickRecord> ticks, EmittedList<BarRecord> bars, EmittedList<IndicatorRecord> indicators, EmittedList<ImbalanceRecord> imbalances, SignalList signals)
{
    /// <summary>Position in the whole input of the batch's first record.</summary>
    public long FirstInput { get; } = firstInput;

    /// <summary>Ticks.</summary>
    public EmittedList<TickRecord> Ticks { get; } = ticks;

    /// <summary>Bars.</summary>
    public EmittedList<BarRecord> Bars { get; } = bars;

    /// <summary>Indicators' values.</summary>
    public EmittedList<IndicatorRecord> Indicators { get; } = indicators;

    /// <summary>What closed the imbalance bars.</summary>
    public EmittedList<ImbalanceRecord> Imbalances { get; } = imbalances;

    /// <summary>Intensity, spikes and reversals.</summary>
    public SignalList Signals { get; } = signals;
}
