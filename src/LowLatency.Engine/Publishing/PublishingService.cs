using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LowLatency.Engine.Publishing;

/// <summary>Publishes over Aeron and writes the output journal as long as the host runs: it starts before the engine, and ends behind it.</summary>
/// <param name="publishing">The publishing.</param>
/// <param name="journal">The journal.</param>
/// <param name="lifetime">The host's, which ends when the journal's thread fails: nothing that is published may be missing in it.</param>
/// <param name="logger">For a failure.</param>
internal sealed class PublishingService(AeronPublishing publishing, EngineJournal journal, IHostApplicationLifetime lifetime, ILogger<EngineJournal> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The engine starts when all services have.
    public Task StartAsync(CancellationToken cancellationToken)
    {
        journal.Start();
        publishing.Start();
        journal.Completion.ContinueWith(
            failed =>
            {
                EngineLog.ThreadFailed(logger, "output-journal", failed.Exception!);
                lifetime.StopApplication();
            },
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The engine ends while the services are about to.
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            publishing.Dispose();
            journal.Dispose();
        },
        CancellationToken.None);

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
