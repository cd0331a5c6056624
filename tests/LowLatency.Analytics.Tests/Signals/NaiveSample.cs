namespace LowLatency.Analytics.Tests.Signals;

/// <summary>The numbers after one trade.</summary>
internal sealed record NaiveSample
{
    public int K { get; init; }

    public double Path { get; set; } = double.NaN;

    public double Net { get; set; } = double.NaN;

    public double Elapsed { get; set; } = double.NaN;

    public double X { get; set; } = double.NaN;

    public double Smoothed { get; set; } = double.NaN;

    public double Base { get; set; } = double.NaN;

    public double Cv { get; set; } = double.NaN;

    public double Buffer { get; set; } = double.NaN;

    public bool On { get; set; }
}
