namespace LowLatency.Feeds.Simulation;

/// <summary>
/// Exponential and logarithm from additions, multiplications and divisions alone: the same bits on every machine, which the system's library does
/// not promise. Relative error below 1e-12: more than a simulation needs.
/// </summary>
internal static class ElementaryFunctions
{
    private const double Ln2 = 0.693147180559945309;
    private const double Sqrt2 = 1.41421356237309505;
    private const int MantissaBits = 52;
    private const int ExponentBias = 1023;

    /// <summary>The natural logarithm.</summary>
    /// <param name="x">A normal number above 0.</param>
    public static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> MantissaBits) - ExponentBias;
        double m = BitConverter.Int64BitsToDouble((bits & ((1L << MantissaBits) - 1)) | ((long)ExponentBias << MantissaBits));
        if (m > Sqrt2)
        {
            m *= 0.5;
            exponent++;
        }

        // ln m = 2 artanh s, |s| < 0.172: the first term left out is below 1e-13.
        double s = (m - 1) / (m + 1);
        double q = s * s;
        double series = 1 + (q * ((1 / 3.0) + (q * ((1 / 5.0) + (q * ((1 / 7.0) + (q * ((1 / 9.0) + (q * ((1 / 11.0) + (q * (1 / 13.0))))))))))));
        return (exponent * Ln2) + (2 * s * series);
    }

    /// <summary>e to the power of <paramref name="x"/>.</summary>
    /// <param name="x">From -700, below which the result is 0, to 700, above which it is that of 700.</param>
    public static double Exp(double x)
    {
        if (x < -700) return 0;
        if (x > 700) x = 700;
        double powers = Math.Floor((x / Ln2) + 0.5);
        double r = x - (powers * Ln2);
        double sum = 1;
        // Taylor's series by Horner, |r| < 0.35: the first term left out is below 1e-14.
        for (int n = 11; n > 0; n--) sum = 1 + (sum * r / n);
        return sum * BitConverter.Int64BitsToDouble(((long)powers + ExponentBias) << MantissaBits);
    }
}
