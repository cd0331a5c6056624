namespace LowLatency.Feeds.Simulation;

/// <summary>
/// Standard normal variates at the price of one look-up: 4096 equally likely quantiles, scaled to variance 1. The largest is 3.7; heavier tails are
/// the business of the volatility that multiplies them.
/// </summary>
internal static class NormalTable
{
    private const int Bits = 12;
    private const int Count = 1 << Bits;

    private static readonly double[] Quantiles = Make();

    /// <summary>A variate.</summary>
    /// <param name="random">64 random bits, of which the top ones are used.</param>
    public static double At(ulong random) => Quantiles[random >> (64 - Bits)];

    private static double[] Make()
    {
        var quantiles = new double[Count];
        double squares = 0;
        for (int i = 0; i < Count; i++)
        {
            quantiles[i] = Quantile((i + 0.5) / Count);
            squares += quantiles[i] * quantiles[i];
        }

        double scale = 1 / Math.Sqrt(squares / Count);
        for (int i = 0; i < Count; i++) quantiles[i] *= scale;
        return quantiles;
    }

    /// <summary>The normal quantile, by bisection of the distribution function: once at start, so that simple beats fast.</summary>
    private static double Quantile(double probability)
    {
        if (probability > 0.5) return -Quantile(1 - probability);
        double low = -8;
        double high = 0;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            if (Distribution(middle) < probability) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    /// <summary>The normal distribution function for x up to 0: 1/2 + density * (x + x^3/3 + x^5/15 + …).</summary>
    private static double Distribution(double x)
    {
        double density = ElementaryFunctions.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        double term = x;
        double sum = x;
        for (int n = 3; Math.Abs(term) > 1e-17 && n < 400; n += 2)
        {
            term *= x * x / n;
            sum += term;
        }

        return 0.5 + (density * sum);
    }
}
