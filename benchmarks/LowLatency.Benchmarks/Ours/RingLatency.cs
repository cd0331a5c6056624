using LowLatency.Benchmarks.Lab;
using LowLatency.Core.Histograms;
using LowLatency.Core.Rings;

namespace LowLatency.Benchmarks.Ours;

/// <summary>One producer that sends at a rate, one consumer that looks at the clock for each event.</summary>
/// <param name="allocates">Whether the consumer leaves garbage at each batch, for a test that wants to see that noticed.</param>
internal sealed class RingLatency(bool allocates = false) : Contender("LowLatency ring", Role.Ours)
{
    private readonly RingBuffer<LabEvent> _ring = new(Capacity, ProducerMode.Single);
    private RingConsumer<LabEvent>? _consumer;
    private long _next;
    private byte[] _garbage = [];

    public override RunOutcome Run(Load load) => Placement.Current.IsCrowded(2) ? Run<YieldWaiting>(load) : Run<SpinWaiting>(load);

    private static void Produce<TWait>(RingBuffer<LabEvent> ring, long first, Load load)
        where TWait : struct, IWaiting
    {
        TWait waiting = default;
        var schedule = new OpenLoop(LabClock.NowNs(), load.RatePerSecond);
        for (long i = 0; i < load.Events; i++)
        {
            long due = schedule.Await<TWait>(i);
            long sequence;
            while (!ring.TryClaim(1, out sequence)) waiting.Wait();
            waiting.Reset();
            ref LabEvent slot = ref ring[sequence];
            slot.Sequence = first + i;
            slot.Value = LabEvent.ValueOf(first + i);
            slot.IntendedNs = due;
            ring.Publish(sequence, 1);
        }
    }

    private Tally Consume<TWait>(RingConsumer<LabEvent> consumer, long first, long count, LatencyHistogram latency)
        where TWait : struct, IWaiting
    {
        TWait waiting = default;
        var tally = new Tally(first);
        for (long left = count; left > 0;)
        {
            ReadOnlySpan<LabEvent> events = consumer.Poll(RingLoops.PollLimit);
            if (events.IsEmpty)
            {
                waiting.Wait();
                continue;
            }

            waiting.Reset();
            foreach (ref readonly LabEvent taken in events)
            {
                latency.Record(LabClock.NowNs() - taken.IntendedNs);
                tally.Take(taken);
            }

            if (allocates) _garbage = new byte[_garbage.Length == 32 ? 40 : 32];
            consumer.Advance(events.Length);
            left -= events.Length;
        }

        return tally;
    }

    private RunOutcome Run<TWait>(Load load)
        where TWait : struct, IWaiting
    {
        _consumer ??= _ring.AddConsumer();
        long first = _next;
        _next += load.Events;
        var latency = new LatencyHistogram(1, 10_000_000_000, 3);
        Tally tally = default;
        CrewOutcome crew = Crew.Run(
            TimeSpan.FromSeconds(load.Seconds),
            () => Produce<TWait>(_ring, first, load),
            () => tally = Consume<TWait>(_consumer, first, load.Events, latency));
        tally.Check(load.Events, Name);
        return RunOutcome.Of(crew, load.Events, latency);
    }
}
