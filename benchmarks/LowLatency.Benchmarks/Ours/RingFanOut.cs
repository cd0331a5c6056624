using LowLatency.Benchmarks.Lab;
using LowLatency.Core.Rings;

namespace LowLatency.Benchmarks.Ours;

/// <summary>One producer; three consumers side by side see every event: four threads.</summary>
internal sealed class RingFanOut : Contender
{
    private const int Threads = 4;

    private readonly RingBuffer<LabEvent> _ring = new(Capacity, ProducerMode.Single);
    private readonly RingConsumer<LabEvent>[] _consumers;
    private long _next;

    public RingFanOut()
        : base("LowLatency ring", Role.Ours) => _consumers = [_ring.AddConsumer(), _ring.AddConsumer(), _ring.AddConsumer()];

    public override RunOutcome Run(Load load) => Placement.Current.IsCrowded(Threads) ? Run<YieldWaiting>(load) : Run<SpinWaiting>(load);

    private RunOutcome Run<TWait>(Load load)
        where TWait : struct, IWaiting
    {
        long from = _next;
        long count = load.Events;
        _next += count;
        var tallies = new Tally[3];
        CrewOutcome crew = Crew.Run(
            TimeSpan.FromSeconds(load.Seconds),
            () => RingLoops.Produce<TWait>(_ring, from, count),
            () => tallies[0] = RingLoops.Consume<TWait>(_consumers[0], from, count),
            () => tallies[1] = RingLoops.Consume<TWait>(_consumers[1], from, count),
            () => tallies[2] = RingLoops.Consume<TWait>(_consumers[2], from, count));
        foreach (Tally tally in tallies) tally.Check(count, Name);
        return RunOutcome.Of(crew, count);
    }
}
