namespace LowLatency.Core.Tests.Rings;

/// <summary>How many produce, and how the consumers hang together.</summary>
public sealed record RingGraph(string Name, int Producers, RingShape Shape)
{
    public static RingGraph[] All { get; } =
    [
        new("one", 1, RingShape.One),
        new("fan-out", 1, RingShape.Three),
        new("fan-in", 3, RingShape.One),
        new("pipeline", 1, RingShape.Pipeline),
        new("diamond", 2, RingShape.Diamond),
    ];

    public override string ToString() => Name;
}
