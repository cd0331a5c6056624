namespace LowLatency.Benchmarks.Report.Document;

/// <summary>The middle half of some numbers.</summary>
/// <param name="Lower">The first quartile.</param>
/// <param name="Median">The median.</param>
/// <param name="Upper">The third quartile.</param>
public readonly record struct QuartileEntry(double Lower, double Median, double Upper)
{
    /// <summary>How wide the middle half is, as a share of the median.</summary>
    public double RelativeRange() => Median == 0 ? 0 : (Upper - Lower) / Median;
}
