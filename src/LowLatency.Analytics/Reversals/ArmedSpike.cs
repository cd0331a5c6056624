namespace LowLatency.Analytics.Reversals;

/// <summary>A spike that has ended and that a version still waits to signal the reversal of.</summary>
internal struct ArmedSpike
{
    public long Spike;
    public int SpikeDirection;
    public double Extreme;
    public double Strength;
    public double Invalidation;

    /// <summary>How far the spike went, as |ln|.</summary>
    public double Displacement;

    /// <summary>For how many more trades, or bars, it stays armed; 0: nothing is armed.</summary>
    public int Left;

    /// <summary>Disarms when the price has gone beyond the extreme.</summary>
    /// <returns>Whether it is armed still.</returns>
    public bool Survives(double price)
    {
        if (Left == 0) return false;
        if (SpikeDirection > 0 ? price > Extreme : price < Extreme) Left = 0;
        return Left != 0;
    }
}
