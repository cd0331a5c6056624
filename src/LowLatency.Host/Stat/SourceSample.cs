using LowLatency.Core.Counters;
using LowLatency.Core.Errors;
using LowLatency.Engine.Telemetry;

namespace LowLatency.Host.Stat;

/// <summary>A source's counters at one instant, and how fast they grew since the sample before.</summary>
internal sealed class SourceSample
{
    // Of Aeron's types: a client's heartbeat is a time, and the status of a channel a state.
    private static readonly int[] AeronLevels = [6, 7, 11];

    private readonly CountersSource _source;
    private readonly Dictionary<(int Id, long RegistrationId), double> _perSecond = [];

    /// <summary>Takes one.</summary>
    /// <param name="source">The source.</param>
    /// <param name="nowMs">The time, in milliseconds since 1970.</param>
    /// <param name="before">The sample before; null for the first.</param>
    /// <param name="errors">Whether the errors are wanted, instead of the counters.</param>
    /// <param name="named">Whether the source was asked for by name: it is then shown, whatever its state.</param>
    public SourceSample(CountersSource source, long nowMs, SourceSample? before, bool errors, bool named)
    {
        _source = source;
        NowMs = nowMs;
        State = source.StateAt(nowMs);
        IsFollowed = named || IsAlive || before is { IsFollowed: true };
        HeartbeatMs = source.HeartbeatMs;
        Counters = errors ? [] : source.Counters.ReadAll();
        Errors = errors ? source.ReadErrors() : null;
        if (before is not null && nowMs > before.NowMs) Compare(before);
    }

    public string Path => _source.Path;

    public CountersFormat Format => _source.Format;

    public string Role => _source.Role;

    public long ProcessId => _source.ProcessId;

    public long StartMs => _source.StartMs;

    public long NowMs { get; }

    public ProcessState State { get; }

    public long HeartbeatMs { get; }

    public IReadOnlyList<CounterSnapshot> Counters { get; }

    /// <summary>Null when they were not wanted.</summary>
    public IReadOnlyList<LoggedError>? Errors { get; }

    /// <summary>Whether the process may still change it.</summary>
    public bool IsAlive => State is ProcessState.Running or ProcessState.Silent;

    /// <summary>Whether it is shown: not what had ended before the first look at its folder.</summary>
    public bool IsFollowed { get; }

    /// <summary>Growth in a second since the sample before; null for the first sample, for a level, and for a counter that is new.</summary>
    /// <param name="counter">One of <see cref="Counters"/>.</param>
    public double? PerSecond(in CounterSnapshot counter) => _perSecond.TryGetValue((counter.Id, counter.RegistrationId), out double rate) ? rate : null;

    private void Compare(SourceSample before)
    {
        double seconds = (NowMs - before.NowMs) / 1000.0;
        // By the looker's clock a sampled counter would seem to grow by fits and starts.
        double sampledSeconds = (HeartbeatMs - before.HeartbeatMs) / 1000.0;
        var values = before.Counters.ToDictionary(c => (c.Id, c.RegistrationId), c => c.Value);
        foreach (CounterSnapshot counter in Counters)
        {
            if (!HasRate(counter.TypeId) || !values.TryGetValue((counter.Id, counter.RegistrationId), out long value)) continue;
            double elapsed = Format == CountersFormat.LowLatency && EngineCounterTypes.IsSampled(counter.TypeId) ? sampledSeconds : seconds;
            if (elapsed > 0) _perSecond[(counter.Id, counter.RegistrationId)] = (counter.Value - value) / elapsed;
        }
    }

    // A desk's types may be anything; a rate of a level is no harm.
    private bool HasRate(int typeId) =>
        Format == CountersFormat.Aeron ? !AeronLevels.Contains(typeId) : EngineCounterTypes.IsTotal(typeId) || typeId > EngineCounterTypes.Last;
}
