using LowLatency.Core.Agents;
using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

public sealed class RingBadUseTests
{
    private readonly RingBuffer<StampedEvent> _ring = new(8, ProducerMode.Single);

    [Fact]
    public void Should_Refuse_A_Mode_Or_Policy_That_There_Is_Not()
    {
        Assert.Throws<ArgumentOutOfRangeException>("mode", () => new RingBuffer<long>(8, (ProducerMode)7));
        Assert.Throws<ArgumentOutOfRangeException>("policy", () => new HandlerAgent<StampedEvent, Ignoring>("a", default, (HandlerFailurePolicy)9, 1, _ring.AddConsumer()));
    }

    [Fact]
    public void Should_Name_What_Is_Null()
    {
        Assert.Throws<ArgumentNullException>("after", () => _ring.AddConsumer(null, null!));
        Assert.Throws<ArgumentNullException>("after", () => _ring.Join(null, [null!]));
        Assert.Throws<ArgumentNullException>("parker", () => _ring.AddProducer(null!));
        Assert.Throws<ArgumentNullException>("parker", () => new RingProducer<StampedEvent, BusySpinIdle>(_ring, default, null!));
        Assert.Throws<ArgumentNullException>("lanes", () => new HandlerAgent<StampedEvent, Ignoring>("a", default, HandlerFailurePolicy.Stop, 1, null!));
        Assert.Throws<ArgumentNullException>("lanes", () => new HandlerAgent<StampedEvent, Ignoring>("a", default, HandlerFailurePolicy.Stop, 1, [null!]));
        _ring.Close();
    }

    [Fact]
    public void Should_Not_Go_Back()
    {
        RingConsumer<StampedEvent> consumer = _ring.AddConsumer();
        Assert.Throws<ArgumentOutOfRangeException>("count", () => consumer.Advance(-3));
        Assert.Equal(-1, consumer.Position);
    }

    [Fact]
    public void Should_Show_Nothing_When_Nothing_Is_Published()
    {
#if !DEBUG
        // In debug builds an invariant throws.
        RingConsumer<StampedEvent> consumer = _ring.AddConsumer();
        _ring.Publish(0, 0);
        for (int i = 0; i < 20; i++) Assert.True(consumer.Poll(8).IsEmpty);
#else
        Assert.Throws<InvalidOperationException>(() => _ring.Publish(0, 0));
#endif
    }

    [Fact]
    public void Should_Refuse_To_Park_For_No_Time() => Assert.Throws<ArgumentOutOfRangeException>("timeoutMs", () => new Parker().Park([], 0));

    private struct Ignoring : IBatchHandler<StampedEvent>
    {
        public readonly void OnBatch(ReadOnlySpan<StampedEvent> events, in BatchMark mark)
        {
        }
    }
}
