namespace LowLatency.Analytics.Indicators.Steps;

/// <summary>One bar that every indicator takes, and from which of its states.</summary>
/// <param name="bar">The bar.</param>
/// <param name="lane">Whose: instrument times number of kinds of bars plus kind.</param>
/// <param name="kind">From which state.</param>
/// <param name="instrument">Where states are saved: the instrument.</param>
/// <param name="slot">The place among that instrument's saved states.</param>
internal readonly struct IndicatorStep(in BarInput bar, int lane, StepKind kind, int instrument = 0, int slot = 0)
{
    public readonly BarInput Bar = bar;
    public readonly int Lane = lane;
    public readonly StepKind Kind = kind;
    public readonly int Instrument = instrument;
    public readonly int Slot = slot;
}
