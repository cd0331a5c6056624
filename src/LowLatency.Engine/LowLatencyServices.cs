using LowLatency.Core.Clocks;
using LowLatency.Core.Native;
using LowLatency.Engine.Publishing;
using LowLatency.Engine.Settings;
using LowLatency.Market.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LowLatency.Engine;

/// <summary>How an engine is embedded in a .NET application.</summary>
public static class LowLatencyServices
{
    /// <summary>
    /// Adds an engine that starts and stops with the host: a singleton <see cref="MarketEngine"/>, its <see cref="MarketEngine.Streams"/> and a health
    /// check called "engine". An <see cref="IClock"/> that is among the services already is the engine's clock; else the setting <c>engine.clock</c> chooses.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configuration">The application's configuration; its section LowLatency is read now, and again whenever it says that it has changed.</param>
    /// <returns>For adding stages and feeds.</returns>
    /// <exception cref="SettingsException">The settings are wrong; every mistake is in the message, with its path.</exception>
    /// <exception cref="InvalidOperationException">There is an engine among these services already.</exception>
    public static LowLatencyBuilder AddLowLatency(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(s => s.ServiceType == typeof(MarketEngine))) throw new InvalidOperationException("There is an engine among these services already; a host has one.");
        LowLatencySettings settings = LowLatencySettings.Read(configuration);
        if (!services.Any(s => s.ServiceType == typeof(IClock)))
        {
            services.AddSingleton(_ => NativeFactory.Choose(settings.Engine.Native).CreateClock(settings.Engine.Clock));
            services.AddSingleton(provider => provider.GetRequiredService<ClockChoice>().Clock);
        }

        services.AddSingleton(new EngineFactory(settings).Create);
        services.AddSingleton(provider => provider.GetRequiredService<MarketEngine>().Streams);
        services.AddSingleton(provider => new SettingsReload(provider.GetRequiredService<MarketEngine>(), configuration, provider.GetRequiredService<ILogger<MarketEngine>>()));
        services.AddSingleton<EngineJournal>();
        services.AddSingleton<AeronPublishing>();
        services.AddHostedService<EngineService>();
        services.AddHostedService<PublishingService>();
        services.AddHealthChecks().AddCheck<EngineHealthCheck>("engine");
        return new LowLatencyBuilder(services);
    }
}
