namespace LowLatency.Analytics.Alerts;

/// <summary>A rule's text is wrong.</summary>
/// <param name="at">Where, from 1.</param>
/// <param name="mistake">What, and what is allowed.</param>
internal sealed class AlertRuleException(int at, string mistake) : Exception($"at character {at}: {mistake}");
