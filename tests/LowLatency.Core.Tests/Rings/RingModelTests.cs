using FsCheck;
using FsCheck.Fluent;
using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

/// <summary>One fixture for every kind of event.</summary>
/// <typeparam name="T">The event.</typeparam>
public abstract class RingModelTests<T>
    where T : unmanaged, ITestEvent
{
    private static readonly Arbitrary<int[]> Steps =
        Arb.From(Gen.Choose(0, 1 << 28).ArrayOf(300), ArbMap.Default.ArbFor<int[]>().Shrinker);

    [Theory]
    [CombinatorialRings]
    public void Should_Do_What_A_Queue_Does(ProducerMode mode, RingShape shape, int capacity) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(60).WithQuietOnSuccess(true),
            Prop.ForAll(Steps, steps => new RingModel<T>(mode, shape, capacity).Run(steps)));
}

public sealed class SmallRingModelTests : RingModelTests<SmallEvent>;

public sealed class StampedRingModelTests : RingModelTests<StampedEvent>;
