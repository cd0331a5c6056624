using LowLatency.Analytics.Numerics;

namespace LowLatency.Analytics.Bars;

/// <summary>A bar under way that is not of time, and what its kind remembers beyond it; kept in one flat array by instrument and kind.</summary>
internal struct EventBar
{
    /// <summary>The bar; its start is its first trade's time. Empty when its count is 0.</summary>
    public BarAccumulator Bar;

    /// <summary>Renko: the first price, the last brick's close in bricks above it, and its direction (0: no brick yet).</summary>
    public double FirstPrice;
    public int Level;
    public int Direction;

    /// <summary>Imbalance: sum of signed sizes of the bar; the moving averages of signed size and of size squared, and over how many trades.</summary>
    public CompensatedSum Theta;
    public double MeanSigned;
    public double MeanSquare;
    public long Trades;
}
