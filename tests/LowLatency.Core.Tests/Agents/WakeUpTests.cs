using LowLatency.Core.Agents;
using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Agents;

/// <summary>No runner sleeps while there is something for it: the parks here would outlast the tests' patience by far.</summary>
public sealed class WakeUpTests
{
    private const int ForeverMs = 600_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    [Theory]
    [InlineData(0)]
    [InlineData(3_000)]
    public void Should_Carry_Every_Message_Of_A_Ping_Pong(int spinNs)
    {
        const long Messages = 100_000;
        var (pingParker, pongParker) = (new Parker(), new Parker());
        var ping = new RingBuffer<long>(2, ProducerMode.Single);
        var pong = new RingBuffer<long>(2, ProducerMode.Single);
        var left = new RelayAgent(pong.AddConsumer(pingParker), ping, Messages);
        var right = new RelayAgent(ping.AddConsumer(pongParker), pong, Messages);
        // The first serve, before any thread runs.
        ping.TryClaim(1, out long first);
        ping.Publish(first, 1);
        using var leftRunner = new AgentRunner<BackOffIdle>("left", new BackOffIdle(spinNs, 0, ForeverMs), pingParker, left);
        using var rightRunner = new AgentRunner<BackOffIdle>("right", new BackOffIdle(spinNs, 0, ForeverMs), pongParker, right);
        leftRunner.Start();
        rightRunner.Start();
        Assert.True(left.WaitForLast(Patience) && right.WaitForLast(Patience), "A message was left lying: a wake-up got lost.");
    }

    [Fact]
    public void Should_Wake_A_Consumer_When_The_One_Before_It_Is_Done()
    {
        var ring = new RingBuffer<long>(8, ProducerMode.Single);
        var parker = new Parker();
        RingConsumer<long> front = ring.AddConsumer();
        RingConsumer<long> back = ring.AddConsumer(parker, front);
        using var got = new ManualResetEventSlim();
        var agent = new ScriptedAgent("back", [])
        {
            Asked = back.HasEvents,
            Working = () =>
            {
                if (back.Poll(1).IsEmpty) return 0;
                back.Advance(1);
                got.Set();
                return 1;
            },
        };
        using var runner = new AgentRunner<BackOffIdle>("back", new BackOffIdle(0, 0, ForeverMs), parker, agent);
        ring.TryClaim(1, out long first);
        ring.Publish(first, 1);
        runner.Start();
        Assert.True(SpinWait.SpinUntil(() => agent.IsAsleep, Patience));
        Assert.Equal(1, front.Poll(1).Length);
        front.Advance(1);
        Assert.True(got.Wait(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Should_Wake_A_Broadcast_Reader()
    {
        BroadcastRing ring = new(4096, Rings.TestRecord.CellsByType);
        var parker = new Parker();
        BroadcastReader reader = ring.AddReader(parker);
        byte[] room = new byte[256];
        using var got = new ManualResetEventSlim();
        var agent = new ScriptedAgent("reader", [])
        {
            Asked = reader.HasRecords,
            Working = () =>
            {
                int bytes = reader.Read(room);
                if (bytes != 0) got.Set();
                return bytes;
            },
        };
        using var runner = new AgentRunner<BackOffIdle>("reader", new BackOffIdle(0, 0, ForeverMs), parker, agent);
        runner.Start();
        Assert.True(SpinWait.SpinUntil(() => agent.IsAsleep, Patience));
        Rings.TestRecord.Write(ring.Claim(64), 1);
        ring.Commit();
        Assert.True(got.Wait(Patience, TestContext.Current.CancellationToken));
    }
}
