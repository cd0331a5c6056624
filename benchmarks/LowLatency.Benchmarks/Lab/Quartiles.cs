namespace LowLatency.Benchmarks.Lab;

/// <summary>The middle half of some numbers.</summary>
/// <param name="Lower">A quarter of them is below.</param>
/// <param name="Median">Half of them is below.</param>
/// <param name="Upper">Three quarters of them are below.</param>
public readonly record struct Quartiles(double Lower, double Median, double Upper)
{
    /// <summary>How wide the middle half is.</summary>
    public double Range => Upper - Lower;

    /// <summary>The quartiles of numbers, interpolated linearly between the two nearest (type 7 of Hyndman and Fan, 1996).</summary>
    /// <param name="values">At least one; none gives NaN.</param>
    public static Quartiles Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Quartiles(At(sorted, 0.25), At(sorted, 0.5), At(sorted, 0.75));
    }

    private static double At(double[] sorted, double share)
    {
        if (sorted.Length == 0) return double.NaN;
        double position = share * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
