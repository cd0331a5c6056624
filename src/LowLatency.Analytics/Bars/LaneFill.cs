namespace LowLatency.Analytics.Bars;

/// <summary>Where the flat bars of one lane go on.</summary>
internal struct LaneFill()
{
    /// <summary>Start of the next bar to close; long.MinValue before the first one.</summary>
    public long NextNs = long.MinValue;

    /// <summary>The last close; NaN before the first one.</summary>
    public double Price = double.NaN;

    /// <summary>The bar that ends there has closed.</summary>
    public void Close(long endNs, double price)
    {
        NextNs = endNs;
        if (!double.IsNaN(price)) Price = price;
    }

    /// <summary>A closed bar was revised: of interest when it is the last one.</summary>
    public void Revise(long endNs, double price)
    {
        if (endNs == NextNs && !double.IsNaN(price)) Price = price;
    }
}
