using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Core.Counters;
using LowLatency.Core.Errors;
using LowLatency.Core.Rings;
using LowLatency.Engine.Settings;
using LowLatency.Market.Records;
using LowLatency.Market.Settings;
using Microsoft.Extensions.Logging;

namespace LowLatency.Engine.Telemetry;

/// <summary>An engine's counters file with all that writes into it.</summary>
internal sealed class EngineCounters : IDisposable
{
    private const int ErrorLogBytes = 1 << 18;

    // Of processes that have ended: the newest, so that someone can still read why.
    private const int KeptFiles = 4;

    private readonly CountersFile _file;
    private readonly AgentRunner _runner;

    private EngineCounters(CountersFile file, MarketEngine engine, RingBuffer<TickRecord> input, IClock clock)
    {
        _file = file;
        var sampled = new SampledCounters(file.Table, engine, input);
        Pipeline = new PipelineCounters(file.Table, engine.Timings.Names);
        Errors = new CountedErrors(
            file.Errors, file.Table.Allocate(EngineCounterTypes.Errors, "errors"), file.Table.Allocate(EngineCounterTypes.UnloggedErrors, "errors without room in the log"));
        int intervalMs = engine.Settings.Counters.IntervalMs;
        _runner = AgentRunner.Create("counters", IdleStrategyKind.BackOff, new Parker(), intervalMs, new CountersAgent(file, sampled, clock, intervalMs));
        sampled.Sample();
    }

    public string Path => _file.Path;

    public CounterTable Table => _file.Table;

    public PipelineCounters Pipeline { get; }

    public IErrorHandler Errors { get; }

    /// <summary>Makes an engine's counters.</summary>
    /// <param name="engine">The engine, with its feeds and stages.</param>
    /// <param name="input">Its input ring.</param>
    /// <param name="clock">The time.</param>
    /// <param name="logger">Told when the system refuses a folder that nobody has asked for by name.</param>
    /// <returns>Null when they are switched off, or refused.</returns>
    /// <exception cref="SettingsException">The folder that the settings name cannot be used, or the capacity is too small.</exception>
    public static EngineCounters? TryCreate(MarketEngine engine, RingBuffer<TickRecord> input, IClock clock, ILogger logger)
    {
        CountersSettings settings = engine.Settings.Counters;
        if (!settings.Enabled) return null;
        string folder = settings.Directory.Length > 0 ? settings.Directory : CountersFolder.Default;
        CountersFile file;
        try
        {
            file = CountersFolder.CreateFile(folder, settings.Role, settings.Capacity, ErrorLogBytes, clock);
        }
        catch (Exception thrown) when (thrown is IOException or UnauthorizedAccessException)
        {
            if (settings.Directory.Length > 0) throw new SettingsException($"counters.directory: {thrown.Message}", thrown);
            EngineLog.CountersRefused(logger, folder, thrown.Message);
            return null;
        }

        try
        {
            var counters = new EngineCounters(file, engine, input, clock);
            Clear(folder, clock, logger);
            return counters;
        }
        catch (InvalidOperationException thrown)
        {
            file.Dispose();
            throw new SettingsException($"counters.capacity: {thrown.Message}", thrown);
        }
    }

    public void Start() => _runner.Start();

    public void Dispose()
    {
        _runner.Dispose();
        _file.Dispose();
    }

    private static void Clear(string folder, IClock clock, ILogger logger)
    {
        try
        {
            CountersFolder.RemoveEnded(folder, KeptFiles, clock.EpochNs() / 1_000_000);
        }
        catch (Exception thrown) when (thrown is IOException or UnauthorizedAccessException)
        {
            EngineLog.CountersNotCleared(logger, folder, thrown.Message);
        }
    }
}
