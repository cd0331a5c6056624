namespace LowLatency.Analytics.Indicators.Windows;

/// <summary>Where a <see cref="WindowFold{TFold}"/> stands.</summary>
internal struct FoldState
{
    /// <summary>The fold of the block being filled.</summary>
    public double Open;

    /// <summary>The place of the next value in the block.</summary>
    public int Next;

    /// <summary>Whether there has been a whole block.</summary>
    public bool IsFull;
}
