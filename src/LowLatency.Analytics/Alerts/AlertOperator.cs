namespace LowLatency.Analytics.Alerts;

/// <summary>How two values are compared.</summary>
internal enum AlertOperator
{
    Above,
    AtLeast,
    Below,
    AtMost,
    Equal,
    NotEqual,
    CrossesAbove,
    CrossesBelow,
    Crosses,
}
