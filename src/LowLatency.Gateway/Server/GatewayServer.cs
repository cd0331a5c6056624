using System.Net;
using System.Net.Sockets;
using LowLatency.Gateway.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LowLatency.Gateway.Server;

/// <summary>A web server of the gateway's own, inside whatever host the process has.</summary>
/// <param name="runtime">The gateway.</param>
/// <param name="endpoint">Where the URL is made known.</param>
/// <param name="health">The host's health checks.</param>
/// <param name="loggers">The host's loggers.</param>
internal sealed class GatewayServer(GatewayRuntime runtime, GatewayEndpoint endpoint, HealthCheckService health, ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private WebApplication? _application;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        GatewaySettings settings = runtime.Settings;
        IPAddress address = ReadAddress(settings.Address);
        WebApplication application = Build(address, settings.Port);
        _application = application;
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException)
        {
            throw new GatewayStartException($"port {settings.Port} on {address} is in use; choose another with --port or gateway.port", failure);
        }
        catch (SocketException failure)
        {
            throw new GatewayStartException($"cannot listen on port {settings.Port} of {address} ({failure.SocketErrorCode}); choose others with gateway.address and gateway.port", failure);
        }

        endpoint.Url = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        GatewayLog.Listening(runtime.Logger, endpoint.Url);
        DashboardRoute.WarnIfMissing(runtime);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await runtime.CloseConnectionsAsync();
        if (_application is null) return;
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        soon.CancelAfter(TimeSpan.FromMilliseconds(200));
        try
        {
            await _application.StopAsync(soon.Token);
        }
        catch (OperationCanceledException)
        {
            // Requests that were still under way have been cut off, as they should be by now.
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static IPAddress ReadAddress(string text)
    {
        if (text.Equals("localhost", StringComparison.OrdinalIgnoreCase)) return IPAddress.Loopback;
        if (!IPAddress.TryParse(text, out IPAddress? address))
            throw new GatewayStartException($"gateway.address: '{text}' is not an IP address; allowed is an IP address of this machine, or localhost");
        if (!IPAddress.IsLoopback(address))
        {
            throw new GatewayStartException(
                $"gateway.address: {text} can be reached from other machines, and no keys are configured; without keys the gateway listens on 127.0.0.1 or ::1 only");
        }

        return address;
    }

    private WebApplication Build(IPAddress address, int port)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(address, port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddSingleton(health);
        builder.Services.AddSingleton(runtime);
        WebApplication application = builder.Build();
        application.Use(CheckHostAsync);
        application.UseRouting();
        application.MapLowLatencyGateway();
        return application;
    }

    private Task CheckHostAsync(HttpContext context, RequestDelegate next)
    {
        if (runtime.Origins.AllowsHost(context.Request)) return next(context);
        SecurityHeaders.Apply(context.Response);
        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return context.Response.WriteAsync("This server is reached as localhost only; other names are allowed by gateway.allowed_origins.\n", context.RequestAborted);
    }
}
