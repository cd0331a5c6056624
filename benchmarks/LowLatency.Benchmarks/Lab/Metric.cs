namespace LowLatency.Benchmarks.Lab;

/// <summary>The number by which an experiment's contenders are compared.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="MoreIsBetter">Whether larger values are better.</param>
/// <param name="Of">Reads it from a run.</param>
public sealed record Metric(string Name, string Unit, bool MoreIsBetter, Func<RunOutcome, double> Of)
{
    /// <summary>Events a second, in millions.</summary>
    public static Metric Throughput { get; } = new("throughput", "M events/s", true, run => run.EventsPerSecond / 1e6);

    /// <summary>Nanoseconds an event.</summary>
    public static Metric Cost { get; } = new("cost", "ns an event", false, run => (double)run.ElapsedNs / Math.Max(1, run.Events));

    /// <summary>The median latency.</summary>
    public static Metric MedianLatency { get; } = new("p50", "ns", false, run => run.Latency?.Percentile(50) ?? double.NaN);

    /// <summary>The latency that one event in a hundred exceeds.</summary>
    public static Metric TailLatency { get; } = new("p99", "ns", false, run => run.Latency?.Percentile(99) ?? double.NaN);

    /// <summary>Processor time.</summary>
    public static Metric Cpu { get; } = new("CPU", "% of a core", false, run => run.CpuPercent);

    /// <summary>How many times better one value is than another: above 1 is better, whichever way better is.</summary>
    /// <param name="value">The one.</param>
    /// <param name="other">The other.</param>
    public double Ratio(double value, double other) => MoreIsBetter ? value / other : other / value;
}
