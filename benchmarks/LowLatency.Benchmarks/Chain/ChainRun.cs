using LowLatency.Benchmarks.Lab;
using LowLatency.Market.Records;

namespace LowLatency.Benchmarks.Chain;

/// <summary>The whole chain over real ticks on one thread. Every pass but the first, which warms the averages up, must give as many spikes as the one before.</summary>
/// <param name="name">What tables call it.</param>
/// <param name="file">The ticks.</param>
/// <param name="kinds">Which of them; none stands for all.</param>
internal sealed class ChainRun(string name, TickFile file, params RecordType[] kinds) : Contender(name, Role.Ours)
{
    private ChainEngine? _engine;
    private TickLoop? _ticks;
    private long _spikesBefore;
    private long? _spikesOfAPass;

    public override string? Missing => file.Missing;

    public override RunOutcome Run(Load load)
    {
        if (_engine is null) Load();
        ChainEngine engine = _engine!;
        (string Stage, double Ns)[] before = engine.StageNs();
        CrewOutcome crew = Crew.Run(TimeSpan.FromSeconds(load.Seconds), () => Run(engine, load.Events));
        return RunOutcome.Of(crew, load.Events) with { Figures = [.. engine.StageNs().Zip(before, (now, was) => new Figure(now.Stage, (now.Ns - was.Ns) / load.Events, "ns"))] };
    }

    protected override void Dispose(bool disposing)
    {
        _engine?.Dispose();
        base.Dispose(disposing);
    }

    private void Load()
    {
        _engine = new ChainEngine();
        TickRecord[] all = file.Read(_engine.Engine.Streams.Instruments, _engine.Engine.Streams.Sources);
        _ticks = new TickLoop(kinds.Length == 0 ? all : [.. all.Where(t => kinds.Contains(t.Header.Type))]);
    }

    private void Run(ChainEngine engine, long events)
    {
        while (events > 0)
        {
            long passes = _ticks!.Passes;
            int part = (int)Math.Min(events, _ticks.Left);
            engine.Run(_ticks, part);
            events -= part;
            if (_ticks.Passes != passes) CheckSpikes(engine.Engine.Signals!.Spikes);
        }
    }

    private void CheckSpikes(long spikes)
    {
        long ofThisPass = spikes - _spikesBefore;
        _spikesBefore = spikes;
        if (_ticks!.Passes == 1) return;
        _spikesOfAPass ??= ofThisPass;
        if (ofThisPass != _spikesOfAPass) throw new LabException($"{Name}: pass {_ticks.Passes} gave {ofThisPass} spikes, the ones before {_spikesOfAPass} each.");
    }
}
