namespace LowLatency.Core.Tests.Rings;

/// <summary>How the consumers of a ring hang together: for each consumer the numbers of those it comes after.</summary>
public sealed record RingShape(string Name, int[][] After)
{
    public static RingShape One { get; } = new("one", [[]]);

    public static RingShape Two { get; } = new("two", [[], []]);

    public static RingShape Three { get; } = new("three", [[], [], []]);

    public static RingShape Pipeline { get; } = new("pipeline", [[], [0], [1]]);

    public static RingShape Diamond { get; } = new("diamond", [[], [0], [0], [1, 2]]);

    public static RingShape[] All { get; } = [One, Two, Three, Pipeline, Diamond];

    public override string ToString() => Name;
}
