using System.CommandLine;
using System.Globalization;
using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Engine.Settings;
using LowLatency.Gateway;
using LowLatency.Market.Settings;
using LowLatency.Market.Streams;
using LowLatency.Publishing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LowLatency.Host.Commands;

/// <summary><c>fanout</c>: the gateway alone, for an engine in another process that it reads over Aeron.</summary>
internal static class FanoutCommand
{
    public static Command Create()
    {
        var port = new Option<int?>("--port") { Description = "Port of the page and the stream (default 8080; 0: any free one)", HelpName = "PORT" };
        var configuration = new ConfigurationOptions("dev.json");
        var command = new Command("fanout", "Run the gateway alone: WebSocket stream and page for an engine in another process, read over Aeron; Ctrl-C stops it.");
        command.Options.Add(port);
        configuration.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(() =>
        {
            var flags = new List<KeyValuePair<string, string?>>();
            if (parsed.GetValue(port) is { } number) flags.Add(KeyValuePair.Create("gateway.port", (string?)number.ToString(CultureInfo.InvariantCulture)));
            return configuration.Read(parsed, flags);
        }));
        return command;
    }

    private static Task<int> RunAsync(Func<IConfiguration> read) => ProcessHost.RunAsync(async () =>
    {
        IConfiguration configuration = ProcessHost.WithDefaults(read(), [("aeron.dir", AeronLink.DefaultDirectory), ("aeron.driver", "external")]);
        LowLatencySettings settings = LowLatencySettings.Read(configuration);
        var mistakes = new List<string>();
        SettingsBinder.Bind<GatewaySettings>(configuration.GetSection($"{LowLatencySettings.Section}:gateway"), mistakes);
        if (mistakes.Count > 0) throw new SettingsException(mistakes);
        using AeronLink link = AeronLink.Open(settings.Aeron, new ConsoleErrors());
        using var stop = new ConsoleStop();
        // An engine that is started anew numbers its streams anew: clients are sent away, and served again from then on.
        for (int? port = null; ;)
        {
            (bool again, port) = await ServeAsync(configuration, settings, link, port, stop.Token).ConfigureAwait(false);
            if (!again) return ExitCodes.Done;
        }
    });

    // Serves one epoch of the engine.
    private static async Task<(bool Again, int? Port)> ServeAsync(IConfiguration configuration, LowLatencySettings settings, AeronLink link, int? port, CancellationToken stop)
    {
        var parker = new Parker();
        var subscriber = new StreamSubscriber(settings.Publishing, settings.Journal.Dir, () => link.Connect("fanout"), settings.Engine.MaxInstruments, settings.Engine.OutputBytes, SystemClock.Instance, new ConsoleErrors());
        Agent[] agents = link.DriverAgent is { } driver ? [driver, subscriber] : [subscriber];
        using AgentRunner runner = AgentRunner.Create("aeron", settings.Aeron.Idle, parker, new RunnerOptions { ParkMs = settings.Aeron.ParkMs, OnError = static _ => true }, agents);
        runner.ErrorHandler = new ConsoleErrors();
        runner.Start();
        Console.Out.WriteLine($"aeron      waiting for an engine: streams {settings.Publishing.FirstStream} and on, {settings.Publishing.Channel}, {link.Reason}");
        PublishedStreams streams = await subscriber.Known.WaitAsync(stop).ConfigureAwait(false);
        HostApplicationBuilder builder = ProcessHost.CreateBuilder(configuration, "fanout");
        // Clients come back to where they were.
        if (port is { } known) builder.Configuration.AddInMemoryCollection([KeyValuePair.Create($"{LowLatencySettings.Section}:gateway:port", (string?)known.ToString(CultureInfo.InvariantCulture))]);
        builder.Services.AddSingleton(streams);
        builder.Services.AddSingleton(subscriber);
        builder.Services.AddSingleton(settings.Publishing);
        builder.Services.AddHealthChecks().AddCheck<SubscriberHealthCheck>("engine");
        builder.Services.AddLowLatencyGateway(builder.Configuration);
        using IHost host = builder.Build();
        await host.StartAsync(stop).ConfigureAwait(false);
        subscriber.Release();
        string url = host.Services.GetRequiredService<GatewayEndpoint>().Url!;
        Console.Out.WriteLine($"aeron      engine of epoch {streams.Epoch}: {streams.Instruments.Count} instruments, {streams.Channels.Channels.Count} channels");
        Console.Out.WriteLine($"{url}   (Ctrl-C stops)");
        IHostApplicationLifetime lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        using (stop.Register(lifetime.StopApplication))
        {
            _ = subscriber.Ended.ContinueWith(_ => lifetime.StopApplication(), TaskScheduler.Default);
            await host.WaitForShutdownAsync(CancellationToken.None).ConfigureAwait(false);
        }

        bool hasEnded = subscriber.Ended.IsCompleted && !stop.IsCancellationRequested;
        if (hasEnded) Console.Out.WriteLine("aeron      the engine has begun another epoch: its streams are numbered anew");
        return (hasEnded, new Uri(url).Port);
    }
}
