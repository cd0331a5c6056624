using LowLatency.Benchmarks.Lab;
using LowLatency.Core.Histograms;
using LowLatency.Core.Rings;

namespace LowLatency.Benchmarks.Floors;

/// <summary>
/// One cache line with an event in it, and one with the answer that it was seen: what the machine needs to move an event and nothing else. The time
/// stamps are taken as everywhere, so that their cost is in it too.
/// </summary>
internal sealed class BareLine() : Contender("bare cache line", Role.Floor)
{
    private const int Event = 0;
    private const int Answer = 4;

    // Used as aligned memory only: slots are lines.
    private readonly RingBuffer<LabEvent> _lines = new(8, ProducerMode.Single);
    private long _next = 1;

    public override RunOutcome Run(Load load) => Placement.Current.IsCrowded(2) ? Run<YieldWaiting>(load) : Run<SpinWaiting>(load);

    private RunOutcome Run<TWait>(Load load)
        where TWait : struct, IWaiting
    {
        long first = _next;
        _next += load.Events;
        Volatile.Write(ref _lines[Event].Sequence, first - 1);
        Volatile.Write(ref _lines[Answer].Sequence, first - 1);
        var latency = new LatencyHistogram(1, 10_000_000_000, 3);
        Tally tally = default;
        CrewOutcome crew = Crew.Run(TimeSpan.FromSeconds(load.Seconds), () => Send<TWait>(first, load), () => tally = Receive<TWait>(first, load.Events, latency));
        tally.Check(load.Events, Name);
        return RunOutcome.Of(crew, load.Events, latency);
    }

    private void Send<TWait>(long first, Load load)
        where TWait : struct, IWaiting
    {
        TWait waiting = default;
        ref LabEvent line = ref _lines[Event];
        ref long answer = ref _lines[Answer].Sequence;
        bool paced = load.RatePerSecond > 0;
        var schedule = new OpenLoop(LabClock.NowNs(), paced ? load.RatePerSecond : 1);
        for (long i = 0; i < load.Events; i++)
        {
            long due = paced ? schedule.Await<TWait>(i) : LabClock.NowNs();
            while (Volatile.Read(ref answer) != first + i - 1) waiting.Wait();
            waiting.Reset();
            line.Value = LabEvent.ValueOf(first + i);
            line.IntendedNs = due;
            // Release: what the event holds is visible before its number.
            Volatile.Write(ref line.Sequence, first + i);
        }
    }

    private Tally Receive<TWait>(long first, long count, LatencyHistogram latency)
        where TWait : struct, IWaiting
    {
        TWait waiting = default;
        var tally = new Tally(first);
        ref LabEvent line = ref _lines[Event];
        ref long answer = ref _lines[Answer].Sequence;
        for (long sequence = first; sequence < first + count; sequence++)
        {
            while (Volatile.Read(ref line.Sequence) != sequence) waiting.Wait();
            waiting.Reset();
            latency.Record(LabClock.NowNs() - line.IntendedNs);
            tally.Take(line);
            Volatile.Write(ref answer, sequence);
        }

        return tally;
    }
}
