namespace LowLatency.Feeds.Simulation;

/// <summary>A state of a simulated market, and how it differs from the others.</summary>
/// <param name="MeanSeconds">Mean length of a stay; stays are exponential.</param>
/// <param name="Rate">Factor of the arrival rate.</param>
/// <param name="Volatility">Factor of the volatility.</param>
/// <param name="MeanExtraTicks">Mean of the geometric number of ticks by which the spread is above its least.</param>
internal readonly record struct Regime(double MeanSeconds, double Rate, double Volatility, double MeanExtraTicks)
{
    /// <summary>Index of the quiet state.</summary>
    public const int Quiet = 0;

    /// <summary>Index of the normal state.</summary>
    public const int Normal = 1;

    /// <summary>Index of the burst state.</summary>
    public const int Burst = 2;

    // From normal to burst; from burst to normal. Quiet always leads to normal.
    private const double NormalToBurst = 0.4;
    private const double BurstToNormal = 0.8;

    private static readonly Regime[] Raw = [new(20, 0.5, 0.6, 0.2), new(15, 1, 1, 0.4), new(2.5, 5, 2.2, 2)];

    /// <summary>The states, scaled so that in the long run rate and variance are those of the settings.</summary>
    public static Regime[] All { get; } = Scale();

    /// <summary>The state after <paramref name="regime"/>.</summary>
    /// <param name="regime">Index of the state that ends.</param>
    /// <param name="unit">A random number from 0 to 1.</param>
    public static int After(int regime, double unit) => regime switch
    {
        Quiet => Normal,
        Normal => unit < NormalToBurst ? Burst : Quiet,
        _ => unit < BurstToNormal ? Normal : Quiet,
    };

    private static Regime[] Scale()
    {
        // Visits for each visit to normal, times the length of a stay: the share of time.
        double[] visits = [1 - NormalToBurst + (NormalToBurst * (1 - BurstToNormal)), 1, NormalToBurst];
        double time = 0;
        double rate = 0;
        double variance = 0;
        for (int i = 0; i < Raw.Length; i++)
        {
            double share = visits[i] * Raw[i].MeanSeconds;
            time += share;
            rate += share * Raw[i].Rate;
            variance += share * Raw[i].Volatility * Raw[i].Volatility;
        }

        double deviation = Math.Sqrt(variance / time);
        return Array.ConvertAll(Raw, r => r with { Rate = r.Rate / (rate / time), Volatility = r.Volatility / deviation });
    }
}
