using System.CommandLine;
using LowLatency.Core.Agents;
using LowLatency.Core.Errors;
using LowLatency.Engine.Settings;
using LowLatency.Market.Settings;
using LowLatency.Publishing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LowLatency.Host.Commands;

/// <summary><c>driver</c>: the Aeron driver alone, so that the other roles can come and go.</summary>
internal static class DriverCommand
{
    public static Command Create()
    {
        var configuration = new ConfigurationOptions("dev.json");
        var command = new Command("driver", "Run the Aeron driver of IPC alone, for the roles engine, fanout and writer and for any Aeron client; Ctrl-C stops it.");
        configuration.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(() => configuration.Read(parsed, [])));
        return command;
    }

    private static Task<int> RunAsync(Func<IConfiguration> configuration) => ProcessHost.RunAsync(async () =>
    {
        HostApplicationBuilder builder = ProcessHost.CreateBuilder(configuration(), "driver", ("aeron.dir", AeronLink.DefaultDirectory));
        AeronSettings settings = LowLatencySettings.Read(builder.Configuration).Aeron;
        if (settings.Driver == DriverChoice.External) throw new SettingsException("aeron.driver: external is for the roles that use this driver; leave it out here");
        settings.Driver = DriverChoice.Embedded;
        using IHost host = builder.Build();
        IErrorHandler errors = new ConsoleErrors();
        using AeronLink link = await OpenAsync(settings, errors, host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping).ConfigureAwait(false);
        using AgentRunner runner = AgentRunner.Create("aeron", settings.Idle, new Parker(), new RunnerOptions { ParkMs = settings.ParkMs, OnError = static _ => true }, link.DriverAgent!);
        runner.ErrorHandler = errors;
        runner.Start();
        await host.StartAsync().ConfigureAwait(false);
        Console.Out.WriteLine($"aeron      {link.Reason}");
        Console.Out.WriteLine("The driver runs   (Ctrl-C stops)");
        await host.WaitForShutdownAsync().ConfigureAwait(false);
        return ExitCodes.Done;
    });

    // What a driver that was killed left behind looks alive for a while: a role that is started again takes the folder as soon as it may.
    private static async Task<AeronLink> OpenAsync(AeronSettings settings, IErrorHandler errors, CancellationToken stopping)
    {
        bool told = false;
        for (long end = Environment.TickCount64 + settings.DriverTimeoutMs + 1000; ;)
        {
            try
            {
                return AeronLink.Open(settings, errors);
            }
            catch (Aeron.AeronException thrown) when (Environment.TickCount64 < end && !stopping.IsCancellationRequested)
            {
                if (!told) await Console.Error.WriteLineAsync($"{thrown.Message} Waiting for {settings.DriverTimeoutMs} ms (aeron.driver_timeout_ms) at most.").ConfigureAwait(false);
                told = true;
                await Task.Delay(100, stopping).ConfigureAwait(false);
            }
        }
    }
}
