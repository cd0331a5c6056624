namespace LowLatency.Analytics.Alerts;

/// <summary>Where a published value is kept for the rules.</summary>
/// <param name="Field">What is read.</param>
/// <param name="Output">Of an indicator's values which one.</param>
/// <param name="Slot">Its place among an instrument's values.</param>
internal readonly record struct AlertRead(AlertField Field, int Output, int Slot);
