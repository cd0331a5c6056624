namespace LowLatency.Core.Errors;

/// <summary>One distinct error as it was read.</summary>
/// <param name="Observations">How often it was observed.</param>
/// <param name="FirstMs">When first, in milliseconds since 1970.</param>
/// <param name="LastMs">When last, in milliseconds since 1970.</param>
/// <param name="Text">What it says.</param>
public readonly record struct LoggedError(int Observations, long FirstMs, long LastMs, string Text);
