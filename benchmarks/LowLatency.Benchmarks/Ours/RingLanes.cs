using LowLatency.Benchmarks.Lab;
using LowLatency.Core.Rings;

namespace LowLatency.Benchmarks.Ours;

/// <summary>Two producers, each with a ring of its own, and one consumer that takes from both in turn: three threads.</summary>
internal sealed class RingLanes : Contender
{
    private const int Threads = 3;

    private readonly RingBuffer<LabEvent>[] _lanes = [new(Capacity, ProducerMode.Single), new(Capacity, ProducerMode.Single)];
    private readonly HandlerAgent<LabEvent, TallyByLane> _agent;
    private long _next;

    public RingLanes()
        : base("LowLatency ring, a lane a producer", Role.Ours)
    {
        _agent = new HandlerAgent<LabEvent, TallyByLane>("consumer", default, HandlerFailurePolicy.Stop, RingLoops.PollLimit, [.. _lanes.Select(lane => lane.AddConsumer())]);
    }

    public override RunOutcome Run(Load load) => Placement.Current.IsCrowded(Threads) ? Run<YieldWaiting>(load) : Run<SpinWaiting>(load);

    private RunOutcome Run<TWait>(Load load)
        where TWait : struct, IWaiting
    {
        long from = _next;
        long each = load.Events / 2;
        _next += each;
        _agent.Handler = new TallyByLane(from);
        CrewOutcome crew = Crew.Run(
            TimeSpan.FromSeconds(load.Seconds),
            () => RingLoops.Produce<TWait>(_lanes[0], from, each, 0),
            () => RingLoops.Work<TWait>(_agent, 2 * each),
            () => RingLoops.Produce<TWait>(_lanes[1], from, each, 1));
        _agent.Handler.First.Check(each, Name);
        _agent.Handler.Second.Check(each, Name);
        return RunOutcome.Of(crew, 2 * each);
    }

    /// <summary>A tally a lane.</summary>
    /// <param name="first">The sequence that comes first in each lane.</param>
    private struct TallyByLane(long first) : IBatchHandler<LabEvent>
    {
        public Tally First = new(first);
        public Tally Second = new(first);

        public void OnBatch(ReadOnlySpan<LabEvent> events, in BatchMark mark)
        {
            Tally tally = mark.Lane == 0 ? First : Second;
            foreach (ref readonly LabEvent taken in events) tally.Take(taken);
            if (mark.Lane == 0) First = tally;
            else Second = tally;
        }
    }
}
