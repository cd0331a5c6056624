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
    private HandlerAgent<LabEvent, FusedHandlers<LabEvent, Stage, FusedHandlers<LabEvent, Stage, Stage>>>? _agent;
    private long _next;

    public override RunOutcome Run(Load load) => Placement.Current.IsCrowded(2) ? Run<YieldWaiting>(load) : Run<SpinWaiting>(load);

    private RunOutcome Run<TWait>(Load load)
        where TWait : struct, IWaiting
    {
        _agent ??= new("stages", default, HandlerFailurePolicy.Stop, RingLoops.PollLimit, _ring.AddConsumer());
        long from = _next;
        long count = load.Events;
        _next += count;
        var stage = new Stage(from);
        _agent.Handler = new(stage, new(stage, stage));
        CrewOutcome crew = Crew.Run(
            TimeSpan.FromSeconds(load.Seconds),
            () => RingLoops.Produce<TWait>(_ring, from, count),
            () => RingLoops.Work<TWait>(_agent, count));
        _agent.Handler.First.Tally.Check(count, Name);
        _agent.Handler.Second.First.Tally.Check(count, Name);
        _agent.Handler.Second.Second.Tally.Check(count, Name);
        return RunOutcome.Of(crew, count);
    }

    /// <summary>A stage: it checks what it gets.</summary>
    /// <param name="first">The sequence that comes first.</param>
    private struct Stage(long first) : IBatchHandler<LabEvent>
    {
        public Tally Tally = new(first);

        public void OnBatch(ReadOnlySpan<LabEvent> events, in BatchMark mark)
        {
            Tally tally = Tally;
            foreach (ref readonly LabEvent taken in events) tally.Take(taken);
            Tally = tally;
        }
    }
}
