namespace LowLatency.Analytics.Indicators.Averages;

/// <summary>
/// One exponential average: begins with the mean of its first values, then e = (1 - a) e + a x, with one rounding for the sum and the product
/// (fused multiply-add, which gives the same bits on every machine), since that is the shortest chain from value to value.
/// </summary>
internal readonly struct EmaStep
{
    public readonly double Alpha;
    public readonly double Keep;
    public readonly int Seed;

    private EmaStep(double alpha, int seed)
    {
        Alpha = alpha;
        Keep = 1 - alpha;
        Seed = seed;
    }

    /// <summary>a = 2 / (n + 1), seeded with the mean of n values.</summary>
    public static EmaStep Of(int length) => new(2.0 / (length + 1), length);

    /// <summary>a = 2 / (n + 1), seeded with the first value.</summary>
    public static EmaStep FromFirst(int length) => new(2.0 / (length + 1), 1);

    /// <summary>One of the two.</summary>
    public static EmaStep Of(int length, bool fromFirst) => fromFirst ? FromFirst(length) : Of(length);

    /// <summary>Wilder's average: a = 1 / n, seeded with the mean of n values.</summary>
    public static EmaStep Wilder(int length) => new(1.0 / length, length);

    /// <summary>Takes the next value; a NaN gives NaN and changes nothing.</summary>
    /// <returns>The average; NaN before its seed is complete.</returns>
    public double Update(ref EmaState state, double x)
    {
        if (double.IsNaN(x)) return double.NaN;
        if (state.Seen >= Seed) return state.Value = Math.FusedMultiplyAdd(Keep, state.Value, Alpha * x);
        state.Value += x;
        if (++state.Seen < Seed) return double.NaN;
        return state.Value /= Seed;
    }
}
