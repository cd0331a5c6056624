using LowLatency.Benchmarks.Lab;
using LowLatency.Core.Rings;

namespace LowLatency.Benchmarks.Ours;

/// <summary>Two producers, one consumer: three threads. Each producer's events come in its own order.</summary>
internal sealed class RingTwoProducers : Contender
{
    private const int Threads = 3;

    private readonly RingBuffer<LabEvent> _ring = new(Capacity, ProducerMode.Multi);
    private readonly RingConsumer<LabEvent> _consumer;
    private long _next;

    public RingTwoProducers()
        : base("LowLatency ring, one order for all", Role.Variant) => _consumer = _ring.AddConsumer();

    public override RunOutcome Run(Load load) => Placement.Current.IsCrowded(Threads) ? Run<YieldWaiting>(load) : Run<SpinWaiting>(load);

    private static void Consume<TWait>(RingConsumer<LabEvent> consumer, long count, Span<Tally> tallies)
        where TWait : struct, IWaiting
    {
        TWait waiting = default;
        for (long left = count; left > 0;)
        {
            ReadOnlySpan<LabEvent> events = consumer.Poll(RingLoops.PollLimit);
            if (events.IsEmpty)
            {
                waiting.Wait();
                continue;
            }

            waiting.Reset();
            foreach (ref readonly LabEvent taken in events) tallies[(int)taken.Producer].Take(taken);
            consumer.Advance(events.Length);
            left -= events.Length;
        }
    }

    private RunOutcome Run<TWait>(Load load)
        where TWait : struct, IWaiting
    {
        long from = _next;
        long each = load.Events / 2;
        _next += each;
        var tallies = new[] { new Tally(from), new Tally(from) };
        CrewOutcome crew = Crew.Run(
            TimeSpan.FromSeconds(load.Seconds),
            () => RingLoops.Produce<TWait>(_ring, from, each, 0),
            () => Consume<TWait>(_consumer, 2 * each, tallies),
            () => RingLoops.Produce<TWait>(_ring, from, each, 1));
        foreach (Tally tally in tallies) tally.Check(each, Name);
        return RunOutcome.Of(crew, 2 * each);
    }
}
