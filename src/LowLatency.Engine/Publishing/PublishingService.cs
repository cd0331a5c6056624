using Microsoft.Extensions.Hosting;

namespace LowLatency.Engine.Publishing;

/// <summary>Publishes over Aeron as long as the host runs: it starts before the engine, and ends behind it.</summary>
/// <param name="publishing">The publishing.</param>
internal sealed class PublishingService(AeronPublishing publishing) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The engine starts when all services have.
    public Task StartAsync(CancellationToken cancellationToken)
    {
        publishing.Start();
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The engine ends while the services are about to.
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(publishing.Dispose, CancellationToken.None);

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
