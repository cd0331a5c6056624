namespace LowLatency.Analytics.Indicators.Averages;

/// <summary>Where an <see cref="EmaStep"/> stands.</summary>
internal struct EmaState
{
    /// <summary>The average; the sum of the values while they are too few.</summary>
    public double Value;

    /// <summary>How many values there have been, counted up to the seed's length.</summary>
    public int Seen;
}
