namespace LowLatency.Analytics.Tests.Signals;

/// <summary>A spike as the twin has it.</summary>
internal sealed class NaiveSpike
{
    public int Number { get; init; }

    public int StartK { get; init; }

    public long StartNs { get; init; }

    public long StartInput { get; init; }

    public double Base { get; init; }

    public double Buffer { get; init; }

    public List<double> Values { get; } = [];

    public int Direction { get; set; }

    public int DirectionK { get; set; }

    public double Reference { get; set; } = double.NaN;

    public double Peak { get; set; }

    public double Extreme { get; set; }

    public int ExtremeK { get; set; }

    public int EndK { get; set; } = -1;

    public long EndInput { get; set; } = -1;
}
