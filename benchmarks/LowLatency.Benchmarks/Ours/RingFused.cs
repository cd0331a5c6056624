using LowLatency.Benchmarks.Lab;
using LowLatency.Core.Rings;

namespace LowLatency.Benchmarks.Ours;

/// <summary>
/// One producer, and one thread on which three stages handle each batch one after another: what the engine does where threads have no core each.
/// The graph of the stages does not matter then: pipeline and diamond are the same.
/// </summary>
internal sealed class RingFused() : Contender("LowLatency ring, stages fused on one thread", Role.Variant)
{
    private readonly RingBuffer<LabEvent> _ring = new(Capacity, ProducerMode.Single);
    private RingConsumer<LabEvent>? _consumer;
    private long _next;

    public override RunOutcome Run(Load load) => Placement.Current.IsCrowded(2) ? Run<YieldWaiting>(load) : Run<SpinWaiting>(load);

    private static void Stages<TWait>(RingConsumer<LabEvent> consumer, long count, Span<Tally> tallies)
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
            foreach (ref Tally tally in tallies)
            {
                Tally stage = tally;
                foreach (ref readonly LabEvent taken in events) stage.Take(taken);
                tally = stage;
            }

            consumer.Advance(events.Length);
            left -= events.Length;
        }
    }

    private RunOutcome Run<TWait>(Load load)
        where TWait : struct, IWaiting
    {
        _consumer ??= _ring.AddConsumer();
        long from = _next;
        long count = load.Events;
        _next += count;
        var tallies = new[] { new Tally(from), new Tally(from), new Tally(from) };
        CrewOutcome crew = Crew.Run(
            () => RingLoops.Produce<TWait>(_ring, from, count),
            () => Stages<TWait>(_consumer, count, tallies));
        foreach (Tally tally in tallies) tally.Check(count, Name);
        return RunOutcome.Of(crew, count);
    }
}
