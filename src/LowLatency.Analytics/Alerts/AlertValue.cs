namespace LowLatency.Analytics.Alerts;

/// <summary>A value that is published.</summary>
/// <param name="Field">What it is.</param>
/// <param name="Spec">On which kind of bar, for values of bars; else 0.</param>
/// <param name="Indicator">Of which indicator, for an indicator's output; else 0.</param>
/// <param name="Output">Which of its outputs.</param>
internal readonly record struct AlertValue(AlertField Field, int Spec, int Indicator, int Output)
{
    /// <summary>Whether it belongs to a bar.</summary>
    public bool IsOfBars => Field is >= AlertField.Open and <= AlertField.Threshold or AlertField.Indicator;
}
