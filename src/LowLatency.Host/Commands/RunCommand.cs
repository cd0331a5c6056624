using System.CommandLine;
using LowLatency.Core.Clocks;
using LowLatency.Engine;
using LowLatency.Engine.Settings;
using LowLatency.Gateway;
using LowLatency.Market.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LowLatency.Host.Commands;

/// <summary>Without a command: everything in one process, until Ctrl-C.</summary>
internal static class RunCommand
{
    public static void AddTo(RootCommand root)
    {
        var port = new Option<int?>("--port") { Description = "Port of the page and the stream (default 8080; 0: any free one)", HelpName = "PORT" };
        var configuration = new ConfigurationOptions("dev.json");
        root.Options.Add(port);
        configuration.AddTo(root);
        root.SetAction((parsed, cancellation) =>
        {
            var flags = new List<KeyValuePair<string, string?>>();
            if (parsed.GetValue(port) is { } number) flags.Add(KeyValuePair.Create("gateway.port", (string?)number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            return RunAsync(() => configuration.Read(parsed, flags, follow: true));
        });
    }

    private static async Task<int> RunAsync(Func<IConfiguration> configuration)
    {
        try
        {
            using IHost host = Build(configuration());
            await host.StartAsync().ConfigureAwait(false);
            Tell(host.Services);
            await host.WaitForShutdownAsync().ConfigureAwait(false);
            return host.Services.GetRequiredService<MarketEngine>().State == EngineState.Failed ? ExitCodes.Failed : ExitCodes.Done;
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
        catch (GatewayStartException thrown)
        {
            await Console.Error.WriteLineAsync(thrown.Message).ConfigureAwait(false);
            return ExitCodes.Failed;
        }
    }

    private static IHost Build(IConfiguration configuration)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        // What the settings say comes later, and wins.
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create($"{LowLatencySettings.Section}:counters:role", (string?)"all")]);
        builder.Configuration.AddConfiguration(configuration);
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
        builder.Services.AddLowLatency(builder.Configuration);
        builder.Services.AddLowLatencyGateway(builder.Configuration);
        return builder.Build();
    }

    private static void Tell(IServiceProvider services)
    {
        MarketEngine engine = services.GetRequiredService<MarketEngine>();
        foreach (string choice in StartReport.Lines(engine, services.GetRequiredService<ClockChoice>())) Console.Out.WriteLine(choice);
        Console.Out.WriteLine($"{services.GetRequiredService<GatewayEndpoint>().Url}   (Ctrl-C stops)");
    }
}
