using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

public sealed class HandlerAgentTests
{
    private readonly RingBuffer<SmallEvent> _ring = new(8, ProducerMode.Single);
    private readonly RingConsumer<SmallEvent> _consumer;
    private readonly List<string> _skips = [];

    public HandlerAgentTests()
    {
        _consumer = _ring.AddConsumer();
    }

    [Fact]
    public void Should_Hand_Over_Batches_And_Say_Which_One_Is_The_Last()
    {
        var script = new HandlerScript();
        HandlerAgent<SmallEvent, BatchScript> agent = Batches(script, HandlerFailurePolicy.Stop, 4);
        Assert.Equal(0, agent.DoWork());
        Publish(_ring, 6);
        Assert.True(agent.HasWork());
        Assert.Equal(4, agent.DoWork());
        Assert.Equal(2, agent.DoWork());
        Assert.False(agent.HasWork());
        // Sequences 6 to 9 wrap behind 7: two batches.
        Publish(_ring, 4);
        Assert.Equal(2, agent.DoWork());
        Assert.Equal(2, agent.DoWork());
        Assert.Equal(["0: 0+4", "0: 4+2.", "0: 6+2", "0: 8+2."], script.Log);
        Assert.Equal(9, _consumer.Position);
    }

    [Fact]
    public void Should_Hand_Over_Single_Events_And_Mark_The_Last_Of_The_Last_Batch()
    {
        var script = new HandlerScript();
        HandlerAgent<SmallEvent, EachEvent<SmallEvent, EventScript>> agent = Events(script, HandlerFailurePolicy.Stop, 2);
        Publish(_ring, 3);
        Assert.Equal(2, agent.DoWork());
        Assert.Equal(1, agent.DoWork());
        Assert.Equal(["0", "1", "2."], script.Log);
        Assert.Equal(1, agent.Handler.Handled);
    }

    [Fact]
    public void Should_Lead_A_Batch_Through_Fused_Stages_In_Turn()
    {
        var script = new HandlerScript();
        var fused = new FusedHandlers<SmallEvent, BatchScript, BatchScript>(new BatchScript(script, "a"), new BatchScript(script, "b"));
        var agent = new HandlerAgent<SmallEvent, FusedHandlers<SmallEvent, BatchScript, BatchScript>>("fused", fused, HandlerFailurePolicy.Stop, 8, _consumer);
        Publish(_ring, 3);
        Assert.Equal(3, agent.DoWork());
        Assert.Equal(["a0: 0+3.", "b0: 0+3."], script.Log);
    }

    [Fact]
    public void Should_Stop_Before_The_Batch_That_Failed()
    {
        var script = new HandlerScript { Poison = { 2 } };
        HandlerAgent<SmallEvent, BatchScript> agent = Batches(script, HandlerFailurePolicy.Stop, 2);
        Publish(_ring, 4);
        Assert.Equal(2, agent.DoWork());
        Assert.Throws<FormatException>(() => agent.DoWork());
        Assert.Equal(1, _consumer.Position);
        Assert.Equal((1, 0), (agent.Failures, agent.SkippedEvents));
        // Nothing is lost: who calls again gets the same batch.
        Assert.Throws<FormatException>(() => agent.DoWork());
        Assert.Equal(["0: 0+2", "0: 2+2.", "0: 2+2."], script.Log);
    }

    [Fact]
    public void Should_Stop_Before_The_Event_That_Failed()
    {
        var script = new HandlerScript { Poison = { 2 } };
        HandlerAgent<SmallEvent, EachEvent<SmallEvent, EventScript>> agent = Events(script, HandlerFailurePolicy.Stop, 8);
        Publish(_ring, 4);
        Assert.Throws<FormatException>(() => agent.DoWork());
        Assert.Equal(1, _consumer.Position);
        Assert.Equal(["0", "1"], script.Log);
    }

    [Fact]
    public void Should_Pass_Over_The_Batch_That_Failed()
    {
        var script = new HandlerScript { Poison = { 2 } };
        HandlerAgent<SmallEvent, BatchScript> agent = Batches(script, HandlerFailurePolicy.Skip, 2);
        Publish(_ring, 5);
        Assert.Equal([2, 2, 1, 0], Enumerable.Range(0, 4).Select(_ => agent.DoWork()));
        Assert.Equal(["0: 0+2", "0: 2+2", "0: 4+1."], script.Log);
        Assert.Equal(["poison 2: 2+2"], _skips);
        Assert.Equal((1, 2), (agent.Failures, agent.SkippedEvents));
        Assert.Equal(4, _consumer.Position);
    }

    [Fact]
    public void Should_Pass_Over_The_Event_That_Failed()
    {
        var script = new HandlerScript { Poison = { 0, 2, 3, 5 } };
        HandlerAgent<SmallEvent, EachEvent<SmallEvent, EventScript>> agent = Events(script, HandlerFailurePolicy.Skip, 8);
        Publish(_ring, 6);
        while (agent.DoWork() != 0)
        {
        }

        Assert.Equal(["1", "4"], script.Log);
        Assert.Equal(["poison 0: 0+1", "poison 2: 2+1", "poison 3: 3+1", "poison 5: 5+1"], _skips);
        Assert.Equal((4, 4), (agent.Failures, agent.SkippedEvents));
        Assert.Equal(5, _consumer.Position);
    }

    [Fact]
    public void Should_Let_What_The_Skip_Callback_Throws_End_The_Agent()
    {
        var agent = new HandlerAgent<SmallEvent, BatchScript>("a", new BatchScript(new HandlerScript { Poison = { 0 } }), HandlerFailurePolicy.Skip, 8, _consumer)
        {
            OnSkip = (_, _, _) => throw new TimeoutException("callback"),
        };
        Publish(_ring, 1);
        Assert.Throws<TimeoutException>(() => agent.DoWork());
        Assert.Equal(0, _consumer.Position);
    }

    [Theory]
    [InlineData(int.MaxValue, 2, 0)]
    [InlineData(2, 2, 0)]
    [InlineData(1, 2, 1)]
    [InlineData(-1, 1, 1)]
    public void Should_Free_No_More_Than_A_Handler_Was_Given_Whatever_It_Says(int handled, int freed, int skipped)
    {
        var agent = new HandlerAgent<SmallEvent, LyingHandler>("a", new LyingHandler(handled), HandlerFailurePolicy.Skip, 2, _consumer);
        Publish(_ring, 3);
        Assert.Equal(freed, agent.DoWork());
        Assert.Equal(freed - 1, _consumer.Position);
        Assert.Equal(skipped, agent.SkippedEvents);
    }

    [Fact]
    public void Should_Take_From_Every_Lane_Though_One_Fails_Always()
    {
        var other = new RingBuffer<SmallEvent>(8, ProducerMode.Single);
        RingConsumer<SmallEvent> second = other.AddConsumer();
        var script = new HandlerScript { Poison = { 0, 1, 2 } };
        var agent = new HandlerAgent<SmallEvent, BatchScript>("a", new BatchScript(script), HandlerFailurePolicy.Skip, 1, _consumer, second);
        Publish(_ring, 3);
        other.TryClaim(1, out long first);
        other[first].Fill(0, 77);
        other.Publish(first, 1);
        Assert.Equal(2, agent.DoWork());
        Assert.Equal(["0: 0+1", "1: 0+1."], script.Log);
    }

    [Fact]
    public void Should_End_When_A_Lane_Is_Taken_Away_From_It()
    {
        var other = new RingBuffer<SmallEvent>(8, ProducerMode.Single);
        RingConsumer<SmallEvent> second = other.AddConsumer();
        var script = new HandlerScript();
        var handler = new EachEvent<SmallEvent, EventScript>(new EventScript(script));
        var agent = new HandlerAgent<SmallEvent, EachEvent<SmallEvent, EventScript>>("a", handler, HandlerFailurePolicy.Skip, 8, _consumer, second);
        Publish(_ring, 3);
        second.Leave();
        Assert.Throws<InvalidOperationException>(() => agent.DoWork());
        // What the other lane had handled is not counted twice.
        Assert.Equal((2, 0, 0), (_consumer.Position, agent.Failures, agent.SkippedEvents));
    }

    [Fact]
    public void Should_Leave_With_All_Lanes_Though_One_Is_Followed()
    {
        var other = new RingBuffer<SmallEvent>(8, ProducerMode.Single);
        RingConsumer<SmallEvent> second = other.AddConsumer();
        _ring.AddConsumer(null, _consumer);
        var agent = new HandlerAgent<SmallEvent, BatchScript>("a", new BatchScript(new HandlerScript()), HandlerFailurePolicy.Stop, 1, _consumer, second) { LeavesOnClose = true };
        Assert.Throws<InvalidOperationException>(agent.OnClose);
        Assert.Empty(other.Consumers);
        Assert.Equal(2, _ring.Consumers.Count);
    }

    [Fact]
    public void Should_Stay_When_It_Closes_Unless_Told_Otherwise()
    {
        Batches(new HandlerScript(), HandlerFailurePolicy.Stop, 1).OnClose();
        Assert.Same(_consumer, Assert.Single(_ring.Consumers));
    }

    [Fact]
    public void Should_Refuse_Nothing_To_Take_From_And_Batches_Of_Nothing()
    {
        Assert.Throws<ArgumentException>("lanes", () => new HandlerAgent<SmallEvent, BatchScript>("a", default, HandlerFailurePolicy.Stop, 1));
        Assert.Throws<ArgumentOutOfRangeException>("batchLimit", () => Batches(new HandlerScript(), HandlerFailurePolicy.Stop, 0));
    }

    private static void Publish(RingBuffer<SmallEvent> ring, int count)
    {
        Assert.True(ring.TryClaim(count, out long first));
        for (long sequence = first; sequence < first + count; sequence++) ring[sequence].Fill(0, sequence);
        ring.Publish(first, count);
    }

    private HandlerAgent<SmallEvent, BatchScript> Batches(HandlerScript script, HandlerFailurePolicy policy, int limit) =>
        new("batches", new BatchScript(script), policy, limit, _consumer) { OnSkip = NoteSkip };

    private HandlerAgent<SmallEvent, EachEvent<SmallEvent, EventScript>> Events(HandlerScript script, HandlerFailurePolicy policy, int limit) =>
        new("events", new EachEvent<SmallEvent, EventScript>(new EventScript(script)), policy, limit, _consumer) { OnSkip = NoteSkip };

    private void NoteSkip(Exception thrown, long first, int count) => _skips.Add($"{thrown.Message}: {first}+{count}");
}
