namespace LowLatency.Analytics.Reversals;

/// <summary>Comparisons that the rounding of decimals does not decide.</summary>
internal static class Threshold
{
    private const double Tolerance = 1e-9;
    private const double PriceTolerance = 1e-12;

    /// <summary>Whether a value is at least a computed threshold, with a tolerance of 1e-9 of it. NaN reaches nothing.</summary>
    public static bool IsReached(double value, double threshold) => value >= threshold - (Tolerance * Math.Abs(threshold));

    /// <summary>Sign of a difference of averages of prices: 0 within 1e-12 of the price, and for NaN.</summary>
    public static int SignOf(double difference, double price) => Math.Abs(difference) > PriceTolerance * price ? Math.Sign(difference) : 0;
}
