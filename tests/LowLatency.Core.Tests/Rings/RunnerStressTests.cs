using LowLatency.Core.Agents;

namespace LowLatency.Core.Tests.Rings;

/// <summary>Every graph with every way to wait, handlers that throw, and consumers that come and go.</summary>
/// <typeparam name="T">The event.</typeparam>
public abstract class RunnerStressTests<T>
    where T : unmanaged, ITestEvent
{
    private const int Few = 8_000;
    private const int Many = 1_000_000;

    [Theory]
    [GraphsAndIdles]
    public void Should_Carry_Every_Event(RingGraph graph, IdleStrategyKind kind) => new RunnerStress<T>(graph, Few).Run(kind);

    [Theory]
    [GraphsAndIdles]
    [Trait("Category", "Long")]
    public void Should_Carry_Millions_Of_Events(RingGraph graph, IdleStrategyKind kind) => new RunnerStress<T>(graph, Many / graph.Producers).Run(kind);

    [Theory]
    [GraphsAndIdles]
    public void Should_Let_Consumers_Come_And_Go(RingGraph graph, IdleStrategyKind kind) => new RunnerStress<T>(graph, Few) { Joiners = 2 }.Run(kind);

    [Theory]
    [GraphsAndIdles]
    [Trait("Category", "Long")]
    public void Should_Let_Consumers_Come_And_Go_For_Long(RingGraph graph, IdleStrategyKind kind) =>
        new RunnerStress<T>(graph, 200_000 / graph.Producers) { Joiners = 2 }.Run(kind);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Should_Pass_Over_Exactly_What_Failed(bool eventByEvent) => Throw(Few, eventByEvent);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Category", "Long")]
    public void Should_Pass_Over_Exactly_What_Failed_Among_Many(bool eventByEvent) => Throw(100_000, eventByEvent);

    private static void Throw(int events, bool eventByEvent)
    {
        foreach (RingGraph graph in RingGraph.All)
            new RunnerStress<T>(graph, events) { Poison = 200, EventByEvent = eventByEvent, Joiners = 1 }.Run(IdleStrategyKind.BackOff);
    }
}

[Collection("Threads")]
public sealed class LineRunnerStressTests : RunnerStressTests<StressEvent>;

[Collection("Threads")]
public sealed class StampedRunnerStressTests : RunnerStressTests<StampedEvent>;
