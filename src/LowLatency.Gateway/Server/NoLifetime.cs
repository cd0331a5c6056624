using Microsoft.Extensions.Hosting;

namespace LowLatency.Gateway.Server;

/// <summary>The lifetime of a web application inside a host: the host starts and stops it, signals are none of its business.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
