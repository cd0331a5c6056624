using LowLatency.Aeron;
using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Engine.Settings;
using LowLatency.Market.Settings;
using LowLatency.Publishing;
using Microsoft.Extensions.Logging;

namespace LowLatency.Engine.Publishing;

/// <summary>
/// An engine's publishing over Aeron: the driver, where it is in this process, and the publisher, on one thread. To be made before the engine starts, and closed when it has stopped.
/// </summary>
public sealed class AeronPublishing : IDisposable
{
    private const int DrainMs = 500;

    private readonly AeronLink? _link;
    private readonly AgentRunner? _runner;
    private int _closed;

    /// <summary>Chooses the driver and makes the publisher; nothing runs yet.</summary>
    /// <param name="engine">The engine, not started yet.</param>
    /// <param name="clock">The time.</param>
    /// <param name="logger">For what must be told.</param>
    /// <param name="journal">The engine's output journal.</param>
    /// <exception cref="SettingsException">The setting <c>publishing.kind</c> is aeron, and Aeron cannot be had.</exception>
    public AeronPublishing(MarketEngine engine, IClock clock, ILogger<AeronPublishing> logger, EngineJournal journal)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(journal);
        LowLatencySettings settings = engine.Settings;
        if (settings.Publishing.Kind == PublishingKind.Ring)
        {
            Reason = "none (publishing.kind ring)";
            return;
        }

        var errors = new LoggedErrors(logger, engine.CountedErrors);
        try
        {
            _link = AeronLink.Open(settings.Aeron, errors);
            _link.Check(settings.Publishing);
        }
        catch (Exception thrown) when (thrown is AeronException or IOException or UnauthorizedAccessException)
        {
            _link?.Dispose();
            _link = null;
            if (settings.Publishing.Kind == PublishingKind.Aeron) throw new SettingsException($"publishing.kind: aeron cannot be had: {thrown.Message}", thrown);
            Reason = $"none: {thrown.Message} (publishing.kind auto)";
            EngineLog.PublishingReported(logger, "aeron", Reason);
            return;
        }

        Reason = $"streams {settings.Publishing.FirstStream} and on, {settings.Publishing.Channel}, {_link.Reason} (publishing, aeron)";
        var parker = new Parker();
        Publisher = new StreamPublisher(engine.Streams, settings.Publishing, new EngineStatus(engine), () => _link.Connect("engine"), parker, clock, errors) { JournalBase = journal.Base };
        Agent[] agents = _link.DriverAgent is { } driver ? [driver, Publisher] : [Publisher];
        // One turn that throws must not end driver and publisher.
        var options = new RunnerOptions { ParkMs = settings.Aeron.ParkMs, OnError = static _ => true };
        _runner = AgentRunner.Create("aeron", settings.Aeron.Idle, parker, options, agents);
        _runner.ErrorHandler = errors;
    }

    /// <summary>What was chosen, and why.</summary>
    public string Reason { get; }

    /// <summary>The driver's folder; null where nothing is published over Aeron.</summary>
    public string? Directory => _link?.Directory;

    /// <summary>The publisher; null where nothing is published over Aeron.</summary>
    public StreamPublisher? Publisher { get; }

    /// <summary>Starts the thread.</summary>
    public void Start() => _runner?.Start();

    /// <summary>Hands over what is still in the ring, as far as that goes within half a second, and ends thread and driver.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0) return;
        if (_runner is not null && Publisher is { IsConnected: true }) SpinWait.SpinUntil(() => Publisher.IsDrained || _runner.Completion.IsCompleted, DrainMs);
        _runner?.Dispose();
        _link?.Dispose();
    }
}
