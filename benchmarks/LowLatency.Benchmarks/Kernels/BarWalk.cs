namespace LowLatency.Benchmarks.Kernels;

/// <summary>A million bars of a random walk, as columns; the same each time.</summary>
internal static class BarWalk
{
    /// <summary>How many.</summary>
    public const int Bars = 1_000_000;

    static BarWalk()
    {
        var random = new Random(7);
        double price = 100;
        for (int i = 0; i < Bars; i++)
        {
            double open = price;
            price += (random.NextDouble() - 0.5) * 0.1;
            Close[i] = price;
            High[i] = Math.Max(open, price) + (random.NextDouble() * 0.05);
            Low[i] = Math.Min(open, price) - (random.NextDouble() * 0.05);
        }
    }

    /// <summary>Highest prices.</summary>
    public static double[] High { get; } = new double[Bars];

    /// <summary>Lowest prices.</summary>
    public static double[] Low { get; } = new double[Bars];

    /// <summary>Closes.</summary>
    public static double[] Close { get; } = new double[Bars];
}
