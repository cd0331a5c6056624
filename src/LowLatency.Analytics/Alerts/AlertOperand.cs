namespace LowLatency.Analytics.Alerts;

/// <summary>A side of a comparison: a number, or a value times a number.</summary>
/// <param name="Value">The value; null for a number alone.</param>
/// <param name="Factor">The number.</param>
/// <param name="At">Where it stands in the rule's text, from 1.</param>
/// <param name="Text">How it is written.</param>
internal sealed record AlertOperand(AlertValue? Value, double Factor, int At, string Text);
