using LowLatency.Benchmarks.Lab;
using LowLatency.Core.Rings;

namespace LowLatency.Benchmarks.Ours;

/// <summary>One producer, two consumers side by side, and a third behind both: four threads.</summary>
internal sealed class RingDiamond : Contender
{
    private const int Threads = 4;

    private readonly RingBuffer<LabEvent> _ring = new(Capacity, ProducerMode.Single);
    private readonly RingConsumer<LabEvent> _left;
    private readonly RingConsumer<LabEvent> _right;
    private readonly RingConsumer<LabEvent> _join;
    private long _next;

    public RingDiamond()
        : base("LowLatency ring", Role.Ours)
    {
        _left = _ring.AddConsumer();
        _right = _ring.AddConsumer();
        _join = _ring.AddConsumer(null, _left, _right);
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
            () => tallies[0] = RingLoops.Consume<TWait>(_left, from, count),
            () => tallies[1] = RingLoops.Consume<TWait>(_right, from, count),
            () => tallies[2] = RingLoops.Consume<TWait>(_join, from, count));
        foreach (Tally tally in tallies) tally.Check(count, Name);
        return RunOutcome.Of(crew, count);
    }
}
