using LowLatency.Benchmarks.Lab;
using LowLatency.Core.Rings;

namespace LowLatency.Benchmarks.Ours;

/// <summary>One producer, one consumer.</summary>
/// <param name="batch">Events a claim.</param>
internal sealed class RingUnicast(int batch) : Contender("LowLatency ring", Role.Ours)
{
    private readonly RingBuffer<LabEvent> _ring = new(Capacity, ProducerMode.Single);
    private RingConsumer<LabEvent>? _consumer;
    private long _next;

    public override RunOutcome Run(Load load) => Placement.Current.IsCrowded(2) ? Run<YieldWaiting>(load) : Run<SpinWaiting>(load);

    private RunOutcome Run<TWait>(Load load)
        where TWait : struct, IWaiting
    {
        _consumer ??= _ring.AddConsumer();
        long first = _next;
        long count = load.Events - (load.Events % batch);
        _next += count;
        Tally tally = default;
        CrewOutcome crew = Crew.Run(
            TimeSpan.FromSeconds(load.Seconds),
            () =>
            {
                if (batch == 1) RingLoops.Produce<TWait>(_ring, first, count);
                else RingLoops.ProduceBatches<TWait>(_ring, first, count, batch);
            },
            () => tally = RingLoops.Consume<TWait>(_consumer, first, count));
        tally.Check(count, Name);
        return RunOutcome.Of(crew, count);
    }
}
