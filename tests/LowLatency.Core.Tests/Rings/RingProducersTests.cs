using LowLatency.Core.Agents;
using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

/// <summary>Producers that are watched, and producers that wait. The parks here would outlast the tests' patience by far.</summary>
[Collection("Threads")]
public sealed class RingProducersTests
{
    private const int ForeverMs = 600_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Parker _parker = new();

    [Fact]
    public void Should_Detect_A_Second_Producer()
    {
        var ring = new RingBuffer<long>(4, ProducerMode.Single) { DetectsSecondProducer = true };
        ring.AddConsumer();
        Assert.True(ring.TryClaim(1, out long first));
        ring.Publish(first, 1);
        Exception? thrown = OnAnotherThread(() => ring.TryClaim(1, out _));
        Assert.IsType<InvalidOperationException>(thrown);
        // Nothing was claimed, and the rightful one goes on.
        Assert.True(ring.TryClaim(1, out first));
        Assert.Equal(1, first);
    }

    [Fact]
    public void Should_Let_A_Producer_Hand_Over()
    {
        var ring = new RingBuffer<long>(4, ProducerMode.Single) { DetectsSecondProducer = true };
        Assert.True(ring.TryClaim(1, out long first));
        ring.Publish(first, 1);
        ring.HandOverProducer();
        Assert.Null(OnAnotherThread(() =>
        {
            Assert.True(ring.TryClaim(1, out long second));
            ring.Publish(second, 1);
        }));
        Assert.Throws<InvalidOperationException>(() => ring.TryClaim(1, out _));
    }

    [Fact]
    public void Should_Watch_Producers_In_Debug_Builds_Or_When_Told_So()
    {
#if DEBUG
        Assert.True(new RingBuffer<long>(4, ProducerMode.Single).DetectsSecondProducer);
#else
        Assert.False(new RingBuffer<long>(4, ProducerMode.Single).DetectsSecondProducer);
#endif
        var many = new RingBuffer<long>(4, ProducerMode.Multi) { DetectsSecondProducer = true };
        Assert.True(many.TryClaim(1, out _));
        Assert.Null(OnAnotherThread(() => Assert.True(many.TryClaim(1, out _))));
    }

    [Theory]
    [InlineData("advance")]
    [InlineData("leave")]
    [InlineData("close")]
    public void Should_Wake_A_Producer_That_Sleeps_On_A_Full_Ring(string by)
    {
        foreach (ProducerMode mode in Enum.GetValues<ProducerMode>())
        {
            var ring = new RingBuffer<long>(2, mode) { DetectsSecondProducer = false };
            RingConsumer<long> consumer = ring.AddConsumer();
            (Thread producer, bool[] claimed) = FillAndSleep(ring);
            Assert.Equal(2, consumer.Poll(2).Length);
            if (by == "advance") consumer.Advance(1);
            else if (by == "leave") consumer.Leave();
            else ring.Close();
            Assert.True(producer.Join(Patience), $"The {by} did not wake the producer.");
            Assert.Equal(by != "close", claimed[0]);
        }
    }

    [Fact]
    public void Should_Wake_A_Producer_That_Waits_For_Another_When_Nobody_Consumes()
    {
        var ring = new RingBuffer<long>(2, ProducerMode.Multi);
        Assert.True(ring.TryClaim(1, out long open));
        (Thread producer, bool[] claimed) = FillAndSleep(ring, 1);
        ring.Publish(open, 1);
        Assert.True(producer.Join(Patience));
        Assert.True(claimed[0]);
    }

    [Fact]
    public void Should_Wake_A_Producer_That_Fell_Asleep_Before_A_Joiner_Knew_Its_Place()
    {
        var ring = new RingBuffer<long>(2, ProducerMode.Single) { DetectsSecondProducer = false };
        RingConsumer<long> old = ring.AddConsumer();
        var producer = new RingProducer<long, BlockingIdle>(ring, new BlockingIdle(ForeverMs), _parker);
        Assert.True(producer.Claim(2, out long first));
        ring.Publish(first, 2);
        Thread? sleeper = null;
        ring.LookedAtConsumers = () =>
        {
            ring.LookedAtConsumers = null;
            Assert.Equal(2, old.Poll(2).Length);
            old.Advance(2);
            sleeper = Start(() => producer.Claim(1, out _));
            Assert.True(SpinWait.SpinUntil(() => _parker.IsAsleep, Patience));
        };
        RingConsumer<long> joiner = ring.Join();
        Assert.Equal(2, joiner.Next);
        Assert.True(sleeper!.Join(Patience), "The producer sleeps though there is room.");
    }

    [Fact]
    public void Should_Wake_A_Consumer_When_The_Ring_Closes()
    {
        var ring = new RingBuffer<long>(2, ProducerMode.Single);
        RingConsumer<long> front = ring.AddConsumer(_parker);
        RingConsumer<long> back = ring.AddConsumer(new Parker(), front);
        Thread[] sleepers = [Start(() => SleepUntilDrained(front)), Start(() => SleepUntilDrained(back))];
        Assert.True(SpinWait.SpinUntil(() => front.Parker!.IsAsleep && back.Parker!.IsAsleep, Patience));
        ring.Close();
        Assert.All(sleepers, s => Assert.True(s.Join(Patience)));
    }

    [Fact]
    public void Should_Refuse_A_Claim_That_Can_Never_Fit_Instead_Of_Waiting()
    {
        var ring = new RingBuffer<long>(2, ProducerMode.Single);
        var producer = new RingProducer<long, BlockingIdle>(ring, new BlockingIdle(ForeverMs), _parker);
        Assert.Same(ring, producer.Ring);
        Assert.Throws<ArgumentOutOfRangeException>("count", () => producer.Claim(3, out _));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => producer.Claim(0, out _));
        ring.Close();
        Assert.False(producer.Claim(1, out _));
    }

    private static Thread Start(ThreadStart body)
    {
        var thread = new Thread(body) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private static Exception? OnAnotherThread(Action body)
    {
        Exception? thrown = null;
        Start(() => thrown = Record.Exception(body)).Join();
        return thrown;
    }

    private static void SleepUntilDrained(RingConsumer<long> consumer)
    {
        Agent[] agents = [new HandlerAgent<long, NoHandler>("sleeper", default, HandlerFailurePolicy.Stop, 1, consumer)];
        while (!consumer.IsDrained) consumer.Parker!.Park(agents, ForeverMs);
    }

    private (Thread Producer, bool[] Claimed) FillAndSleep(RingBuffer<long> ring, int room = 2)
    {
        var producer = new RingProducer<long, BlockingIdle>(ring, new BlockingIdle(ForeverMs), _parker);
        bool[] claimed = [false];
        Thread thread = Start(() =>
        {
            producer.Claim(room, out long first);
            ring.Publish(first, room);
            claimed[0] = producer.Claim(1, out _);
        });
        Assert.True(SpinWait.SpinUntil(() => _parker.IsAsleep, Patience));
        return (thread, claimed);
    }

    private struct NoHandler : IBatchHandler<long>
    {
        public readonly void OnBatch(ReadOnlySpan<long> events, in BatchMark mark)
        {
        }
    }
}
