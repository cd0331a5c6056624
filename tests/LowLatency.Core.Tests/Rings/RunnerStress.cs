using LowLatency.Core.Agents;
using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

/// <summary>
/// Producers and handlers as a program would wire them, each on its thread, parked for ever where nothing is to do: an event that is lost, doubled, torn
/// or out of order fails, and a wake-up that is lost leaves somebody asleep.
/// </summary>
/// <typeparam name="T">The event.</typeparam>
/// <param name="graph">Producers and consumers.</param>
/// <param name="events">Events of each producer.</param>
internal sealed class RunnerStress<T>(RingGraph graph, int events)
    where T : unmanaged, ITestEvent
{
    private const int ForeverMs = 600_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly StressFailure _failure = new();
    private volatile bool _produced;

    /// <summary>Threads that join the ring, see something of it and leave, again and again, as long as there are events.</summary>
    public int Joiners { get; init; }

    /// <summary>Of so many events, about, one makes its handler throw; 0 for none.</summary>
    public int Poison { get; init; }

    /// <summary>Whether handlers are given single events.</summary>
    public bool EventByEvent { get; init; }

    public void Run(IdleStrategyKind kind)
    {
        switch (kind)
        {
            case IdleStrategyKind.BusySpin:
                // Threads that never give way move on once a time slice, on a machine with less cores than they are: rings for many events.
                Run(events < 100_000 ? 1024 : 8192, default(BusySpinIdle));
                break;
            case IdleStrategyKind.Yielding:
                Run(64, default(YieldingIdle));
                break;
            case IdleStrategyKind.BackOff:
                Run(64, new BackOffIdle(2_000, 2_000, ForeverMs));
                break;
            default:
                Run(64, new BlockingIdle(ForeverMs));
                break;
        }
    }

    private void Run<TIdle>(int capacity, TIdle idle)
        where TIdle : struct, IIdleStrategy
    {
        var ring = new RingBuffer<T>(capacity, graph.Producers == 1 ? ProducerMode.Single : ProducerMode.Multi);
        Parker[] parkers = [.. graph.Shape.After.Select(_ => new Parker())];
        RingConsumer<T>[] consumers = ring.AddConsumers(graph.Shape, c => parkers[c]);
        StressLedger[] ledgers = [.. consumers.Select((_, c) => new StressLedger(c, graph.Producers, capacity, _failure) { Poison = Poison })];
        for (int c = 0; c < ledgers.Length; c++) ledgers[c].Before = [.. graph.Shape.After[c].Select(b => ledgers[b])];
        StressRunner[] runners = [.. consumers.Select((consumer, c) => Runner(consumer, ledgers[c], idle, parkers[c]))];
        foreach (StressRunner runner in runners) runner.Thread.Start();
        Thread[] producers = [.. Enumerable.Range(0, graph.Producers).Select(p => _failure.Start(() => Produce(ring, p, idle)))];
        Thread[] joiners = [.. Enumerable.Range(0, Joiners).Select(j => _failure.Start(() => JoinAndLeave(ring, consumers, j)))];

        foreach (Thread producer in producers) Assert.True(producer.Join(Patience), _failure.Text ?? "A producer did not come to its end: it sleeps on a ring with room.");
        _produced = true;
        foreach (Thread joiner in joiners) Assert.True(joiner.Join(Patience), _failure.Text ?? "A joiner did not come to its end.");
        ring.Close();
        bool drained = SpinWait.SpinUntil(() => _failure.Text is not null || Array.TrueForAll(consumers, c => c.IsDrained), Patience);
        foreach (StressRunner runner in runners) runner.Thread.Dispose();
        Assert.Null(_failure.Text);
        Assert.True(drained, "A consumer sleeps though there are events.");
        for (int c = 0; c < runners.Length; c++)
        {
            Assert.Null(runners[c].Thread.Completion.Exception);
            Assert.Equal((long)graph.Producers * events, ledgers[c].Seen);
            Assert.Equal((ledgers[c].Thrown, ledgers[c].ThrownEvents), runners[c].Skips());
        }

        Assert.Equal(consumers, ring.Consumers);
    }

    private StressRunner Runner<TIdle>(RingConsumer<T> consumer, StressLedger ledger, TIdle idle, Parker parker)
        where TIdle : struct, IIdleStrategy
    {
        if (!EventByEvent) return Runner(consumer, new LedgerBatches<T>(ledger), ledger, idle, parker);
        return Runner(consumer, new EachEvent<T, LedgerEvents<T>>(new LedgerEvents<T>(ledger)), ledger, idle, parker);
    }

    private static StressRunner Runner<THandler, TIdle>(RingConsumer<T> consumer, THandler handler, StressLedger ledger, TIdle idle, Parker parker)
        where THandler : struct, IBatchHandler<T>
        where TIdle : struct, IIdleStrategy
    {
        var agent = new HandlerAgent<T, THandler>($"handler {ledger.Consumer}", handler, HandlerFailurePolicy.Skip, 48, consumer);
        return new StressRunner(new HandlerRunner<T, THandler, TIdle>(agent, idle, parker), () => (agent.Failures, agent.SkippedEvents));
    }

    private void Produce<TIdle>(RingBuffer<T> ring, int number, TIdle idle)
        where TIdle : struct, IIdleStrategy
    {
        var random = new Random(number);
        var producer = new RingProducer<T, TIdle>(ring, idle, new Parker());
        for (int done = 0; done < events && _failure.Text is null;)
        {
            int count = Math.Min(1 + random.Next(16), events - done);
            Assert.True(producer.Claim(count, out long first));
            for (int i = 0; i < count; i++) ring[first + i].Fill(number, done + i);
            Stall.AtRandom(random);
            ring.Publish(first, count);
            done += count;
            Stall.AtRandom(random);
        }
    }

    private void JoinAndLeave(RingBuffer<T> ring, RingConsumer<T>[] consumers, int number)
    {
        var random = new Random(1000 + number);
        while (!_produced && _failure.Text is null)
        {
            RingConsumer<T>[] after = random.Next(3) == 0 ? [consumers[random.Next(consumers.Length)]] : [];
            RingConsumer<T> joiner = ring.Join(null, after);
            long next = joiner.Next;
            var numbers = new long[graph.Producers];
            // The longer it stands there and reads nothing, the surer is somebody to overwrite what it was promised, if anybody can.
            for (int i = random.Next(4); i > 0; i--) Thread.Yield();
            for (int left = random.Next(3 * ring.Capacity); left > 0 && !_produced;)
            {
                ReadOnlySpan<T> found = joiner.Poll(left);
                if (found.IsEmpty) Thread.Yield();
                for (int i = 0; i < found.Length; i++) Verify(in found[i], next + i, numbers);
                joiner.Advance(found.Length);
                next += found.Length;
                left -= found.Length;
            }

            joiner.Leave();
        }
    }

    private void Verify(in T found, long sequence, long[] numbers)
    {
        ref long number = ref numbers[found.Producer];
        if (!found.IsWhole()) _failure.Text = $"A joiner found the event of sequence {sequence} torn.";
        else if (graph.Producers == 1 && found.Number != sequence) _failure.Text = $"A joiner found number {found.Number} at sequence {sequence}.";
        else if (number != 0 && found.Number != number) _failure.Text = $"A joiner found number {found.Number} of producer {found.Producer} and expected {number}.";
        number = found.Number + 1;
    }
}
