using LowLatency.Core.Agents;
using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Agents;

/// <summary>No runner sleeps while there is something for it: the parks here would outlast the tests' patience by far.</summary>
[Collection("Threads")]
public sealed class WakeUpTests
{
    private const int ForeverMs = 600_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(0, 30_000)]
    [InlineData(3_000, 100_000)]
    public void Should_Carry_Every_Message_Of_A_Ping_Pong(int spinNs, int messages)
    {
        var (pingParker, pongParker) = (new Parker(), new Parker());
        var ping = new RingBuffer<long>(2, ProducerMode.Single);
        var pong = new RingBuffer<long>(2, ProducerMode.Single);
        var left = new RelayAgent(pong.AddConsumer(pingParker), ping, messages);
        var right = new RelayAgent(ping.AddConsumer(pongParker), pong, messages);
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
        Assert.True(SpinWait.SpinUntil(() => runner.Parker.IsAsleep, Patience));
        Assert.Equal(1, front.Poll(1).Length);
        front.Advance(1);
        Assert.True(got.Wait(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Should_Not_Miss_What_Is_Published_As_It_Falls_Asleep()
    {
        // Without a barrier the sleeper's look at the ring can overtake its flag, and the publisher's look at the flag its event. The publisher
        // aims at that instant: it knows when the sleeper took the last event, and waits a little, each time a little differently.
        const int Rounds = 30_000;
        var parker = new Parker();
        var ring = new RingBuffer<long>(2, ProducerMode.Single);
        RingConsumer<long> consumer = ring.AddConsumer(parker);
        Agent[] agents = [new RelayAgent(consumer, ring, 0)];
        var sleeper = new Thread(() =>
        {
            while (consumer.Position < Rounds - 1)
            {
                if (consumer.Poll(1).IsEmpty) parker.Park(agents, ForeverMs);
                else consumer.Advance(1);
            }
        });
        sleeper.IsBackground = true;
        sleeper.Start();
        var random = new Random(3);
        long missed = -1;
        for (int round = 0; round < Rounds && missed < 0; round++)
        {
            for (int i = random.Next(40); i > 0; i--) Volatile.ReadBarrier();
            if (random.Next(4) == 0) Thread.SpinWait(random.Next(8));
            ring.TryClaim(1, out long sequence);
            ring.Publish(sequence, 1);
            if (!Consumed(consumer, sequence)) missed = sequence;
        }

        parker.Unpark();
        Assert.Equal(-1, missed);
        Assert.True(sleeper.Join(Patience));
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
        Assert.True(SpinWait.SpinUntil(() => runner.Parker.IsAsleep, Patience));
        Rings.TestRecord.Write(ring.Claim(64), 1);
        ring.Commit();
        Assert.True(got.Wait(Patience, TestContext.Current.CancellationToken));
    }

    private static bool Consumed(RingConsumer<long> consumer, long sequence)
    {
        long started = System.Diagnostics.Stopwatch.GetTimestamp();
        for (int spins = 0; consumer.Position < sequence; spins++)
        {
            if (spins < 20_000) continue;
            Thread.Yield();
            if (System.Diagnostics.Stopwatch.GetElapsedTime(started) > Patience) return false;
        }

        return true;
    }
}
