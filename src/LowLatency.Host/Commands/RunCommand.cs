using System.CommandLine;
using LowLatency.Core.Clocks;
using LowLatency.Engine;
using LowLatency.Engine.Publishing;
using LowLatency.Gateway;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

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

    private static Task<int> RunAsync(Func<IConfiguration> configuration) => ProcessHost.RunAsync(async () =>
    {
        HostApplicationBuilder builder = ProcessHost.CreateBuilder(configuration(), "all");
        builder.Services.AddLowLatency(builder.Configuration);
        builder.Services.AddLowLatencyGateway(builder.Configuration);
        using IHost host = builder.Build();
        await host.StartAsync().ConfigureAwait(false);
        Tell(host.Services);
        await host.WaitForShutdownAsync().ConfigureAwait(false);
        return host.Services.GetRequiredService<MarketEngine>().State == EngineState.Failed ? ExitCodes.Failed : ExitCodes.Done;
    });

    private static void Tell(IServiceProvider services)
    {
        MarketEngine engine = services.GetRequiredService<MarketEngine>();
        foreach (string choice in StartReport.Lines(engine, services.GetRequiredService<ClockChoice>(), services.GetRequiredService<AeronPublishing>(), services.GetRequiredService<EngineJournal>())) Console.Out.WriteLine(choice);
        Console.Out.WriteLine($"{services.GetRequiredService<GatewayEndpoint>().Url}   (Ctrl-C stops)");
    }
}
