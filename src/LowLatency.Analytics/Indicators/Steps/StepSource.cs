namespace LowLatency.Analytics.Indicators.Steps;

/// <summary>What a step's values are said with.</summary>
/// <param name="bar">Place in the batch of the bar that caused the step.</param>
/// <param name="counters">Where among its lane's counters stands how often the values of the step's bar have been said; -1 when nobody counts.</param>
/// <param name="isNew">Whether the bar has never been said: the counters there are of one that is forgotten.</param>
internal readonly struct StepSource(int bar, int counters = -1, bool isNew = false)
{
    public readonly int Bar = bar;
    public readonly int Counters = counters;
    public readonly bool IsNew = isNew;
}
