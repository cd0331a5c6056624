using LowLatency.Gateway.Server;
using LowLatency.Market.Settings;
using LowLatency.Market.Streams;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace LowLatency.Gateway;

/// <summary>Adds the gateway to a host.</summary>
public static class GatewayServices
{
    /// <summary>
    /// Adds the gateway with a web server of its own, which listens where LowLatency:gateway says; <see cref="GatewayEndpoint.Url"/> tells where once
    /// the host has started. It reads the singleton <see cref="PublishedStreams"/>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The application's configuration, from its root.</param>
    /// <returns>The same services, for chaining.</returns>
    /// <exception cref="SettingsException">A setting is wrong; the message names each mistake.</exception>
    public static IServiceCollection AddLowLatencyGateway(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddLowLatencyGatewayServices(configuration);
        services.TryAddSingleton<GatewayEndpoint>();
        services.AddHostedService<GatewayServer>();
        return services;
    }

    /// <summary>Adds the gateway without a web server, for an application that has one and calls <see cref="GatewayRoutes.MapLowLatencyGateway"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The application's configuration, from its root.</param>
    /// <returns>The same services, for chaining.</returns>
    /// <exception cref="SettingsException">A setting is wrong; the message names each mistake.</exception>
    public static IServiceCollection AddLowLatencyGatewayServices(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var mistakes = new List<string>();
        GatewaySettings settings = SettingsBinder.Bind<GatewaySettings>(configuration.GetSection("LowLatency:gateway"), mistakes);
        if (mistakes.Count != 0) throw new SettingsException(mistakes);
        services.AddSingleton(settings);
        services.AddSingleton(Create);
        services.AddHostedService<FanoutService>();
        services.AddHealthChecks().AddCheck<GatewayHealthCheck>("gateway", HealthStatus.Unhealthy, ["gateway"]);
        return services;
    }

    private static GatewayRuntime Create(IServiceProvider provider)
    {
        PublishedStreams streams = provider.GetService<PublishedStreams>()
            ?? throw new InvalidOperationException("The gateway serves the singleton PublishedStreams, and none is registered; add the engine to the same services.");
        return new GatewayRuntime(streams, provider.GetRequiredService<GatewaySettings>(), provider.GetRequiredService<ILoggerFactory>());
    }
}
