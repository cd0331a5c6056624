using System.CommandLine;
using LowLatency.Core.Clocks;
using LowLatency.Engine;
using LowLatency.Engine.Publishing;
using LowLatency.Publishing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LowLatency.Host.Commands;

/// <summary><c>engine</c>: feed and pipeline alone, publishing over Aeron; other processes read.</summary>
internal static class EngineCommand
{
    public static Command Create()
    {
        var configuration = new ConfigurationOptions("dev.json");
        var command = new Command("engine", "Run feed and pipeline alone, publishing over Aeron for the roles fanout and writer and for any Aeron client; Ctrl-C stops it.");
        configuration.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(() => configuration.Read(parsed, [], follow: true)));
        return command;
    }

    private static Task<int> RunAsync(Func<IConfiguration> configuration) => ProcessHost.RunAsync(async () =>
    {
        // One folder for all roles, so that a driver that lives there is shared.
        HostApplicationBuilder builder = ProcessHost.CreateBuilder(configuration(), "engine", ("aeron.dir", AeronLink.DefaultDirectory), ("publishing.kind", "aeron"));
        builder.Services.AddLowLatency(builder.Configuration);
        using IHost host = builder.Build();
        await host.StartAsync().ConfigureAwait(false);
        MarketEngine engine = host.Services.GetRequiredService<MarketEngine>();
        foreach (string choice in StartReport.Lines(engine, host.Services.GetRequiredService<ClockChoice>(), host.Services.GetRequiredService<AeronPublishing>(), host.Services.GetRequiredService<EngineJournal>())) Console.Out.WriteLine(choice);
        Console.Out.WriteLine("The engine runs   (Ctrl-C stops)");
        await host.WaitForShutdownAsync().ConfigureAwait(false);
        return engine.State == EngineState.Failed ? ExitCodes.Failed : ExitCodes.Done;
    });
}
