namespace LowLatency.Core.Tests.Rings;

/// <summary>One fixture for every kind of event.</summary>
/// <typeparam name="T">The event.</typeparam>
public abstract class RingStressTests<T>
    where T : unmanaged, ITestEvent
{
    [Theory]
    [InlineData(2, 20_000)]
    [InlineData(64, 500_000)]
    public void Should_Carry_One_Producer_To_One_Consumer(int capacity, int events) => new RingStress<T>(capacity, 1, RingShape.One, events).Run();

    [Theory]
    [InlineData(4, 10_000)]
    [InlineData(64, 300_000)]
    public void Should_Carry_One_Producer_To_Three_Consumers(int capacity, int events) => new RingStress<T>(capacity, 1, RingShape.Three, events).Run();

    [Theory]
    [InlineData(2, 10_000)]
    [InlineData(64, 300_000)]
    public void Should_Carry_Three_Producers_To_One_Consumer(int capacity, int events) => new RingStress<T>(capacity, 3, RingShape.One, events).Run();

    [Theory]
    [InlineData(8, 20_000)]
    [InlineData(32, 100_000)]
    public void Should_Carry_Three_Producers_To_Two_Consumers(int capacity, int events) => new RingStress<T>(capacity, 3, RingShape.Two, events).Run();

    [Theory]
    [InlineData(2, 10_000)]
    [InlineData(64, 500_000)]
    public void Should_Carry_A_Pipeline(int capacity, int events) => new RingStress<T>(capacity, 1, RingShape.Pipeline, events).Run();

    [Theory]
    [InlineData(1, 4, 10_000)]
    [InlineData(1, 64, 200_000)]
    [InlineData(3, 16, 40_000)]
    public void Should_Carry_A_Diamond(int producers, int capacity, int events) => new RingStress<T>(capacity, producers, RingShape.Diamond, events).Run();
}

// One collection for all tests with several threads: side by side they would only take turns on a small machine.
[Collection("Threads")]
public sealed class LineRingStressTests : RingStressTests<StressEvent>;

[Collection("Threads")]
public sealed class StampedRingStressTests : RingStressTests<StampedEvent>;
