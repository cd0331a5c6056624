namespace LowLatency.Analytics.Indicators.Averages;

/// <summary>Where a <see cref="WmaStep"/> stands.</summary>
internal struct WmaState
{
    /// <summary>Sum over the block being filled.</summary>
    public double Sum;

    /// <summary>Weighted sum over it, its first value with weight 1.</summary>
    public double Weighted;

    /// <summary>The place of the next value in the block.</summary>
    public int Next;

    /// <summary>Whether there has been a whole block.</summary>
    public bool IsFull;
}
