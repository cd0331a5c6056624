namespace LowLatency.Analytics.Indicators.Windows;

/// <summary>Where a <see cref="Delay"/> stands.</summary>
internal struct DelayState
{
    /// <summary>The place of the oldest value.</summary>
    public int Next;

    /// <summary>Whether there are n values.</summary>
    public bool IsFull;
}
