using Microsoft.Extensions.Hosting;

namespace LowLatency.Gateway.Server;

/// <summary>Runs the fanout as long as the host runs. Clients are told to go as soon as the host begins to stop, whoever's web server they came through.</summary>
/// <param name="runtime">The gateway.</param>
/// <param name="lifetime">The host's.</param>
internal sealed class FanoutService(GatewayRuntime runtime, IHostApplicationLifetime lifetime) : IHostedService
{
    private Task _closing = Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        runtime.Start();
        lifetime.ApplicationStopping.Register(() => _closing = runtime.CloseConnectionsAsync());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _closing;
        await runtime.CloseConnectionsAsync();
        runtime.Runner.Stop();
    }
}
