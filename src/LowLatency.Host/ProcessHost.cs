using LowLatency.Aeron;
using LowLatency.Engine.Settings;
using LowLatency.Gateway;
using LowLatency.Market.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LowLatency.Host;

/// <summary>What all roles of the process have in common: logging, Ctrl-C, and what the shell is told.</summary>
internal static class ProcessHost
{
    /// <summary>A host that logs to the console and ends with Ctrl-C.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="role">What the process is: its counters' name unless the settings say otherwise.</param>
    /// <param name="defaults">Settings of the role that count unless said otherwise, by path.</param>
    public static HostApplicationBuilder CreateBuilder(IConfiguration configuration, string role, params (string Path, string Value)[] defaults)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        // What the settings say comes later, and wins.
        builder.Configuration.AddConfiguration(WithDefaults(configuration, [("counters.role", role), .. defaults]));
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
        });
        builder.Logging.AddConfiguration(configuration.GetSection("Logging"));
        // It would tell a failed start with a page of stack trace; RunAsync tells it in a line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.Services.AddSingleton<IHostLifetime, Microsoft.Extensions.Hosting.Internal.ConsoleLifetime>();
        builder.Services.Configure<ConsoleLifetimeOptions>(options => options.SuppressStatusMessages = true);
        return builder;
    }

    /// <summary>The settings with a role's own defaults under them.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="defaults">The defaults, by path.</param>
    public static IConfiguration WithDefaults(IConfiguration configuration, IEnumerable<(string Path, string Value)> defaults) => new ConfigurationBuilder()
        .AddInMemoryCollection(defaults.Select(d => KeyValuePair.Create($"{LowLatencySettings.Section}:{d.Path.Replace('.', ':')}", (string?)d.Value)))
        .AddConfiguration(configuration)
        .Build();

    /// <summary>Runs a process, and tells in a line or two why it cannot.</summary>
    /// <param name="run">The process.</param>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunAsync(Func<Task<int>> run)
    {
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (SettingsException thrown)
        {
            foreach (string mistake in thrown.Mistakes) await Console.Error.WriteLineAsync(mistake).ConfigureAwait(false);
            return ExitCodes.Usage;
        }
        catch (OperationCanceledException)
        {
            // Asked to end before it had started.
            return ExitCodes.Done;
        }
        catch (Exception thrown) when (thrown is GatewayStartException or AeronException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(thrown.Message).ConfigureAwait(false);
            return ExitCodes.Failed;
        }
    }
}
