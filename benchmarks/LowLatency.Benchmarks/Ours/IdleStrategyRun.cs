using LowLatency.Benchmarks.Lab;
using LowLatency.Benchmarks.Lab.Native;
using LowLatency.Core.Agents;
using LowLatency.Core.Rings;

namespace LowLatency.Benchmarks.Ours;

/// <summary>An agent's thread with one of the idle strategies, behind a ring into which little or nothing comes.</summary>
/// <param name="kind">The idle strategy.</param>
internal sealed class IdleStrategyRun(IdleStrategyKind kind) : Contender($"LowLatency, {kind}", kind == IdleStrategyKind.BackOff ? Role.Ours : Role.Variant)
{
    private readonly Parker _parker = new();
    private readonly RingBuffer<LabEvent> _ring = new(Capacity, ProducerMode.Single);
    private RingConsumer<LabEvent>? _consumer;
    private long _next;

    public override string? Missing => LinuxThread.IsSupported ? null : "the processor time of a thread is read on Linux only.";

    public override RunOutcome Run(Load load)
    {
        _consumer ??= _ring.AddConsumer(_parker);
        // Without a rate nothing is sent: the run is idle.
        long first = _next;
        long count = load.RatePerSecond > 0 ? load.Events : 0;
        _next += count;
        using var agent = new ReceivingAgent(_consumer, first, count);
        using var runner = AgentRunner.Create("lab-1", kind, _parker, agent);
        runner.Start();
        CrewOutcome crew = Crew.Run(TimeSpan.FromSeconds(load.Seconds), () => Send(first, count, load));
        agent.Await();
        runner.Dispose();
        runner.Completion.GetAwaiter().GetResult();
        agent.Tally.Check(count, Name);
        return new RunOutcome(Math.Max(1, count), agent.ElapsedNs, agent.AllocatedBytes, crew.Collections)
        {
            Latency = count == 0 ? null : agent.Latency,
            CpuPercent = 100.0 * agent.CpuNs / agent.ElapsedNs,
        };
    }

    private void Send(long first, long count, Load load)
    {
        if (count == 0)
        {
            Thread.Sleep(TimeSpan.FromSeconds(load.Seconds));
            return;
        }

        var schedule = new OpenLoop(LabClock.NowNs(), load.RatePerSecond);
        for (long i = 0; i < count; i++)
        {
            long due = schedule.Await<SpinWaiting>(i);
            if (!_ring.TryClaim(1, out long sequence)) throw new LabException("The ring is full at a rate at which it should be empty.");
            ref LabEvent slot = ref _ring[sequence];
            slot.Sequence = first + i;
            slot.Value = LabEvent.ValueOf(first + i);
            slot.IntendedNs = due;
            _ring.Publish(sequence, 1);
        }
    }
}
