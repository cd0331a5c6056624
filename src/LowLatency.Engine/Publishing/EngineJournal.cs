using LowLatency.Core.Agents;
using LowLatency.Engine.Telemetry;
using LowLatency.Market.Settings;
using LowLatency.Publishing;
using LowLatency.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace LowLatency.Engine.Publishing;

/// <summary>An engine's output journal and its thread. To be made before the engine starts, and closed when it has stopped.</summary>
public sealed class EngineJournal : IDisposable
{
    private const int DrainMs = 1500;

    private readonly OutputJournal? _journal;
    private readonly AgentRunner? _runner;
    private int _closed;

    /// <summary>Opens the journal where the settings name a folder; nothing runs yet.</summary>
    /// <param name="engine">The engine, not started yet.</param>
    /// <param name="logger">For what must be told.</param>
    /// <exception cref="SettingsException">The journal that <c>journal.dir</c> names cannot be had.</exception>
    public EngineJournal(MarketEngine engine, ILogger<EngineJournal> logger)
    {
        ArgumentNullException.ThrowIfNull(engine);
        OutputJournalSettings settings = engine.Settings.Journal;
        if (settings.Dir.Length == 0)
        {
            Reason = "none (journal.dir)";
            return;
        }

        var errors = new LoggedErrors(logger, engine.CountedErrors);
        var parker = new Parker();
        try
        {
            _journal = new OutputJournal(engine.Streams, settings, parker, errors);
        }
        catch (Exception thrown) when (thrown is JournalException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"journal.dir: {thrown.Message}", thrown);
        }

        if (engine.Counters is { } counters)
        {
            _journal.RecordsCounter = counters.Allocate(EngineCounterTypes.JournalRecords, "journal: records published and written");
            _journal.PauseCounter = counters.Allocate(EngineCounterTypes.JournalPaused, "journal: cannot be written, the engine waits");
        }

        Reason = $"output journal in {Path.GetFullPath(settings.Dir)}{(_journal.RecordsCut > 0 ? $"; {_journal.RecordsCut} torn records cut off its end" : "")} (journal)";
        _runner = AgentRunner.Create(_journal.Name, IdleStrategyKind.BackOff, parker, new RunnerOptions { ParkMs = 5 }, _journal);
        _runner.ErrorHandler = errors;
    }

    /// <summary>What was chosen, and why.</summary>
    public string Reason { get; }

    /// <summary>The mark at which this run of the engine begins; -1 where nothing is journaled.</summary>
    public long Base => _journal?.Base ?? -1;

    /// <summary>The journal; null where nothing is journaled.</summary>
    public OutputJournal? Output => _journal;

    /// <summary>Ends when its thread has, faulted with what ended it.</summary>
    public Task Completion => _runner?.Completion ?? Task.Delay(Timeout.Infinite);

    /// <summary>Starts the thread.</summary>
    public void Start() => _runner?.Start();

    /// <summary>Writes what is still in the ring, as far as that goes within 1.5 seconds, and closes the journal.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0) return;
        if (_runner is not null) SpinWait.SpinUntil(() => _journal!.IsDrained || _runner.Completion.IsCompleted, DrainMs);
        _runner?.Dispose();
    }
}
