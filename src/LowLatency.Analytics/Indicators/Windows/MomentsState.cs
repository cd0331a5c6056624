namespace LowLatency.Analytics.Indicators.Windows;

/// <summary>Where a <see cref="WindowMoments"/> stands.</summary>
internal struct MomentsState
{
    /// <summary>What is subtracted from every value: the last value of the block before.</summary>
    public double Shift;

    /// <summary>Sum over the block being filled.</summary>
    public double Sum;

    /// <summary>Sum of squares over it.</summary>
    public double Squares;

    /// <summary>The place of the next value in the block.</summary>
    public int Next;

    /// <summary>Whether there has been a whole block.</summary>
    public bool IsFull;
}
