using LowLatency.Benchmarks.Lab;
using LowLatency.Core.Rings;

namespace LowLatency.Benchmarks.Ours;

/// <summary>One producer and three consumers, each behind the one before it: four threads.</summary>
internal sealed class RingPipeline : Contender
{
    private const int Threads = 4;

    private readonly RingBuffer<LabEvent> _ring = new(Capacity, ProducerMode.Single);
    private readonly RingConsumer<LabEvent> _first;
    private readonly RingConsumer<LabEvent> _second;
    private readonly RingConsumer<LabEvent> _third;
    private long _next;

    public RingPipeline()
        : base("LowLatency ring", Role.Ours)
    {
        _first = _ring.AddConsumer();
        _second = _ring.AddConsumer(null, _first);
        _third = _ring.AddConsumer(null, _second);
    }

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
            () => tallies[0] = RingLoops.Consume<TWait>(_first, from, count),
            () => tallies[1] = RingLoops.Consume<TWait>(_second, from, count),
            () => tallies[2] = RingLoops.Consume<TWait>(_third, from, count));
        foreach (Tally tally in tallies) tally.Check(count, Name);
        return RunOutcome.Of(crew, count);
    }
}
