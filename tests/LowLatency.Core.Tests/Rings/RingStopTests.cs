using LowLatency.Core.Agents;
using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

/// <summary>A handler that fails under the policy Stop, and runners that are disposed in the midst of their work.</summary>
/// <typeparam name="T">The event.</typeparam>
public abstract class RingStopTests<T>
    where T : unmanaged, ITestEvent
{
    private const int ForeverMs = 600_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly RingBuffer<T> _ring = new(8, ProducerMode.Single);
    private readonly Parker _parker = new();
    private readonly Parker _producerParker = new();
    private readonly StressFailure _failure = new();

    [Fact]
    public async Task Should_Stand_Still_Where_The_Handler_Failed_Until_The_Consumer_Leaves()
    {
        RingConsumer<T> consumer = _ring.AddConsumer(_parker);
        var agent = new HandlerAgent<T, EachEvent<T, Failing>>("failing", new EachEvent<T, Failing>(new Failing(21)), HandlerFailurePolicy.Stop, 8, consumer);
        using var runner = new HandlerRunner<T, EachEvent<T, Failing>, BlockingIdle>(agent, new BlockingIdle(ForeverMs), _parker);
        runner.Start();
        Thread producer = _failure.Start(() => Produce(1000));
        Exception? thrown = await Record.ExceptionAsync(() => runner.Completion.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.IsType<FormatException>(thrown);
        // Exactly before the event that failed, which is still there for whoever takes over.
        Assert.Equal(20, consumer.Position);
        Assert.Equal(21, consumer.Poll(1)[0].Number);
        Assert.Equal((1, 0), (agent.Failures, agent.SkippedEvents));
        // It may have slept before, while the consumer was behind: the sleep that is meant is the one on a full ring.
        Assert.True(SpinWait.SpinUntil(() => _ring.Cursor == 28 && _producerParker.IsAsleep, Patience), "The producer does not wait on a full ring.");
        consumer.Leave();
        Assert.True(producer.Join(Patience), "The producer waits for one that has left.");
        Assert.Null(_failure.Text);
        Assert.Equal(999, _ring.Cursor);
    }

    [Fact]
    public async Task Should_Leave_By_Itself_When_Told_So()
    {
        RingConsumer<T> consumer = _ring.AddConsumer(_parker);
        var agent = new HandlerAgent<T, EachEvent<T, Failing>>("failing", new EachEvent<T, Failing>(new Failing(21)), HandlerFailurePolicy.Stop, 8, consumer) { LeavesOnClose = true };
        using var runner = new HandlerRunner<T, EachEvent<T, Failing>, BlockingIdle>(agent, new BlockingIdle(ForeverMs), _parker);
        runner.Start();
        Thread producer = _failure.Start(() => Produce(1000));
        await Assert.ThrowsAsync<FormatException>(() => runner.Completion.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.True(producer.Join(Patience));
        Assert.Null(_failure.Text);
        Assert.Empty(_ring.Consumers);
    }

    [Fact]
    public void Should_Be_Disposed_In_The_Midst_Of_Its_Work_And_Continued_By_Another()
    {
        RingConsumer<T> consumer = _ring.AddConsumer(_parker);
        Thread producer = _failure.Start(() => Produce(20_000));
        var seen = new Counter();
        for (int turn = 0; consumer.Position < 19_999; turn++)
        {
            long before = consumer.Position;
            var agent = new HandlerAgent<T, Counting>("turn", new Counting(seen), HandlerFailurePolicy.Stop, 3, consumer);
            using var runner = new HandlerRunner<T, Counting, BackOffIdle>(agent, new BackOffIdle(1_000, 0, ForeverMs), _parker);
            runner.Start();
            int goal = (turn % 50) * 100;
            Assert.True(SpinWait.SpinUntil(() => consumer.Position >= Math.Min(before + goal, 19_999), Patience));
            runner.Dispose();
            Assert.True(runner.Completion.IsCompletedSuccessfully);
            Assert.Equal(consumer.Position + 1, seen.Next);
            if (_failure.Text is not null) break;
        }

        Assert.True(producer.Join(Patience));
        Assert.Null(_failure.Text);
        Assert.Equal(20_000, seen.Next);
    }

    private void Produce(int events)
    {
        var producer = new RingProducer<T, BlockingIdle>(_ring, new BlockingIdle(ForeverMs), _producerParker);
        for (int number = 0; number < events; number++)
        {
            Assert.True(producer.Claim(1, out long first));
            _ring[first].Fill(0, number);
            _ring.Publish(first, 1);
        }
    }

    private struct Failing(long number) : IEventHandler<T>
    {
        public readonly void OnEvent(in T value, long sequence, bool endOfBatch)
        {
            if (value.Number == number) throw new FormatException("as planned");
        }
    }

    private sealed class Counter
    {
        public long Next { get; set; }
    }

    private struct Counting(Counter counter) : IBatchHandler<T>
    {
        public readonly void OnBatch(ReadOnlySpan<T> events, in BatchMark mark)
        {
            foreach (ref readonly T value in events) Assert.Equal(counter.Next++, value.Number);
        }
    }
}

[Collection("Threads")]
public sealed class LineRingStopTests : RingStopTests<StressEvent>;

[Collection("Threads")]
public sealed class StampedRingStopTests : RingStopTests<StampedEvent>;
