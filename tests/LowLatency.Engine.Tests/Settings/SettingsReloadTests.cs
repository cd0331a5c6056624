using System.Collections.Concurrent;
using LowLatency.Analytics.Intensity;
using LowLatency.Analytics.Reversals;
using LowLatency.Core.Clocks;
using LowLatency.Engine.Settings;
using LowLatency.Engine.Tests.Pipeline;
using LowLatency.Engine.Tests.Replay;
using LowLatency.Market.Records;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LowLatency.Engine.Tests.Settings;

/// <summary>Settings that change while the engine runs, as a file that somebody saves.</summary>
public sealed class SettingsReloadTests : IDisposable
{
    private const string Start = """
        { "LowLatency": {
          "feed": { "kind": "none" }, "counters": { "enabled": false }, "gateway": { "port": 8080 },
          "engine": { "batch": 64, "max_instruments": 64 },
          "intensity": { "window": 40, "recent": 4, "path_trades": 5 },
          "instrument_classes": [ { "symbols": [ "A*" ], "intensity": { "window": 25 } }, { "symbols": [ "B" ] } ] } }
        """;

    private const string OfClass = "instrument_classes:0";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_Apply_What_Can_Change_And_Tell_The_Rest()
    {
        using IHost host = Host(out ConcurrentQueue<string> log);
        Task<SettingsReloadResult> reloaded = NextAsync(host, r => r.Applied.Count > 0);
        await host.StartAsync(TestContext.Current.CancellationToken);
        Write(Start.Replace("\"path_trades\": 5", "\"path_trades\": 5, \"cv_lambda\": 2", StringComparison.Ordinal)
            .Replace("\"window\": 25", "\"recent\": 3", StringComparison.Ordinal)
            .Replace("64, \"max", "128, \"max", StringComparison.Ordinal)
            .Replace("8080", "9090", StringComparison.Ordinal)
            .Replace("{ \"symbols\": [ \"B\" ] }", "{ \"symbols\": [ \"B\" ], \"reversals\": { \"v3\": { \"bars\": 5, \"low\": \"5s\" } } }", StringComparison.Ordinal));
        SettingsReloadResult result = await reloaded;
        Assert.Equal(
            ["instrument_classes.0.intensity.recent from that of all to 3", "instrument_classes.0.intensity.window from 25 to that of all", "instrument_classes.1.reversals.v3.bars from that of all to 5", "intensity.cv_lambda from 1 to 2"],
            result.Applied.Select(d => d.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["engine.batch from 64 to 128", "gateway.port from 8080 to 9090", "instrument_classes.1.reversals.v3.low from that of all to 5s"],
            result.NeedRestart.Select(d => d.ToString()).Order(StringComparer.Ordinal));
        Assert.Empty(result.Mistakes);
        await host.StopAsync(TestContext.Current.CancellationToken);
        Assert.Single(log, l => l.StartsWith("Information: Settings changed while it runs: ", StringComparison.Ordinal) && l.Contains("intensity.cv_lambda from 1 to 2", StringComparison.Ordinal));
        Assert.Single(log, l => l.StartsWith("Warning: Settings that count when the engine is started again: ", StringComparison.Ordinal) && l.Contains("engine.batch from 64 to 128", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_Refuse_Wrong_Settings_Whole_And_Take_The_Mended_Ones()
    {
        using IHost host = Host(out ConcurrentQueue<string> log);
        Task<SettingsReloadResult> refused = NextAsync(host, r => r.Mistakes.Count > 0);
        await host.StartAsync(TestContext.Current.CancellationToken);
        string wrong = Start.Replace("\"path_trades\": 5", "\"path_trades\": 0, \"cv_lamda\": 2", StringComparison.Ordinal);
        Write(wrong);
        SettingsReloadResult result = await refused;
        Assert.Equal(["intensity.cv_lamda: there is no such setting; did you mean cv_lambda?", "intensity.path_trades: 0 is out of range; allowed is 1 to 100000"], result.Mistakes.Order(StringComparer.Ordinal));
        Assert.Empty(result.Applied);
        Task<SettingsReloadResult> mended = NextAsync(host, r => r.Applied.Count > 0);
        Write(Start.Replace("\"path_trades\": 5", "\"path_trades\": 6", StringComparison.Ordinal));
        Assert.Equal("intensity.path_trades from 5 to 6", Assert.Single((await mended).Applied).ToString());
        await host.StopAsync(TestContext.Current.CancellationToken);
        Assert.Single(log, l => l.StartsWith("Error: The settings have been changed and are wrong; the engine goes on with those it has: ", StringComparison.Ordinal) && l.Contains("cv_lamda", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_Refuse_What_Does_Not_Go_Together_With_What_Runs_On()
    {
        // The new low timeframe is right with the new high one; neither can change now. The class that is gone took its window with it.
        using IHost host = Host(out _);
        Task<SettingsReloadResult> reloaded = NextAsync(host, _ => true);
        await host.StartAsync(TestContext.Current.CancellationToken);
        Write("""
            { "LowLatency": { "feed": { "kind": "none" }, "counters": { "enabled": false }, "gateway": { "port": 8080 }, "engine": { "batch": 64, "max_instruments": 64 },
              "intensity": { "window": 30, "recent": 28, "path_trades": 5 }, "instrument_classes": [ { "symbols": [ "A*" ] } ] } }
            """);
        SettingsReloadResult result = await reloaded;
        // Class 0 keeps its window of 25 until a restart: 28 recent ones do not fit into it.
        Assert.Equal("instrument_classes.0.intensity.recent: 28 is not fewer than intensity.window, 25; some of the window must be older than recent", Assert.Single(result.Mistakes));
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Should_Leave_Classes_As_They_Are_When_One_Comes_Or_Holds_Others()
    {
        // Which settings are whose would be a guess: what is general counts, the classes wait for the restart.
        using IHost host = Host(out _);
        Task<SettingsReloadResult> reloaded = NextAsync(host, r => r.Applied.Count > 0);
        await host.StartAsync(TestContext.Current.CancellationToken);
        Write(Start.Replace("{ \"symbols\": [ \"A*\" ], \"intensity\": { \"window\": 25 } }", "{ \"symbols\": [ \"Z\" ], \"intensity\": { \"window\": 31 } }, { \"symbols\": [ \"A*\" ] }", StringComparison.Ordinal)
            .Replace("\"path_trades\": 5", "\"path_trades\": 7", StringComparison.Ordinal));
        SettingsReloadResult result = await reloaded;
        Assert.Equal(["intensity.path_trades from 5 to 7"], result.Applied.Select(d => d.ToString()));
        Assert.Equal(
            ["instrument_classes from 2 members to 3 members", "instrument_classes.0.intensity.window from 25 to 31", "instrument_classes.0.symbols from A* to Z", "instrument_classes.1.symbols from B to A*"],
            result.NeedRestart.Select(d => d.ToString()).Order(StringComparer.Ordinal));
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Should_Compute_With_What_Was_Reloaded()
    {
        // The records before the change are none: all that is published is what the changed settings give from the start.
        TickRecord[] script = MarketScript.Make(31, 3000);
        LowLatencySettings settings = EngineRun.Settings();
        var ofClass = new InstrumentClassSettings { Symbols = ["A"] };
        ofClass.Intensity["window"] = "25";
        settings.InstrumentClasses = [ofClass];
        (string Path, object Value)[] general = [("window", 40), ("recent", 4), ("path_trades", 5), ("smoothing_length", 3), ("publish_every_trades", 3)];
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection([.. general.Select(g => KeyValuePair.Create($"LowLatency:intensity:{g.Path}", (string?)$"{g.Value}")), .. Others()]).Build();
        using var engine = new MarketEngine(settings, [], [context => new ScriptedFeed(context, script, 16, "A", "B", "C", "D")], SystemClock.Instance, NullLogger<MarketEngine>.Instance);
        using var reload = new SettingsReload(engine, configuration, NullLogger<MarketEngine>.Instance);
        reload.Start();
        var results = new List<SettingsReloadResult>();
        reload.Reloaded += results.Add;
        configuration["LowLatency:intensity:cv_lambda"] = "0.25";
        configuration["LowLatency:reversals:v2:retrace"] = "0.4";
        configuration[$"LowLatency:{OfClass}:intensity:window"] = null;
        configuration[$"LowLatency:{OfClass}:intensity:recent"] = "7";
        configuration.Reload();
        Assert.Equal(
            ["intensity.cv_lambda", "reversals.v2.retrace", "instrument_classes.0.intensity.window", "instrument_classes.0.intensity.recent"],
            Assert.Single(results).Applied.Select(d => d.Path));
        engine.Start();
        await engine.Drained.WaitAsync(EngineRun.Patience, TestContext.Current.CancellationToken);
        engine.Stop();
        (settings.Intensity.CvLambda, settings.Reversals.V2.Retrace) = (0.25, 0.4);
        (ofClass.Intensity["window"], ofClass.Intensity["recent"]) = (null, "7");
        Assert.Equal((await EngineRun.PublishAsync(settings, script)).Digest, engine.OutputDigest.ToString());
        // When it is over, nothing follows.
        reload.Dispose();
        configuration["LowLatency:intensity:cv_lambda"] = "0.5";
        configuration.Reload();
        Assert.Single(results);

        static IEnumerable<KeyValuePair<string, string?>> Others() =>
            new[] { ("reversals:v3:low", "1s"), ("reversals:v3:high", "10s"), ("reversals:v4:interval", "1s"), (OfClass + ":symbols", "A"), (OfClass + ":intensity:window", "25") }
                .Select(f => KeyValuePair.Create($"LowLatency:{f.Item1}", (string?)f.Item2));
    }

    [Fact]
    public void Should_Keep_What_A_Desk_Has_Set_When_The_File_Says_Something_Else_Anew()
    {
        LowLatencySettings settings = EngineRun.Settings();
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection([
            KeyValuePair.Create("LowLatency:intensity:window", (string?)$"{settings.Intensity.Window}"), KeyValuePair.Create("LowLatency:intensity:recent", (string?)$"{settings.Intensity.Recent}")]).Build();
        using var engine = new MarketEngine(settings, [], [], SystemClock.Instance, NullLogger<MarketEngine>.Instance);
        using var reload = new SettingsReload(engine, configuration, NullLogger<MarketEngine>.Instance);
        reload.Start();
        var results = new List<SettingsReloadResult>();
        reload.Reloaded += results.Add;
        // The file's first reload settles what the test's settings and the file say differently.
        configuration.Reload();
        SignalsNow before = SignalsNow.Of(engine);
        IntensitySettings desk = before.Intensity.Copy();
        (desk.CvLambda, desk.CvMax) = (3, 7);
        engine.ChangeSignals(desk, before.Reversals);
        configuration["LowLatency:reversals:v2:retrace"] = "0.45";
        configuration.Reload();
        Assert.Equal(["reversals.v2.retrace from 0.2 to 0.45"], results[^1].Applied.Select(d => d.ToString()));
        SignalsNow now = SignalsNow.Of(engine);
        Assert.Equal((3, 7, 0.45), (now.Intensity.CvLambda, now.Intensity.CvMax, now.Reversals.V2.Retrace));
        // What the engine does already is no change; what the desk had set is the value before.
        configuration["LowLatency:intensity:cv_lambda"] = "3";
        configuration["LowLatency:intensity:cv_max"] = "5";
        configuration.Reload();
        Assert.Equal(["intensity.cv_max from 7 to 5"], results[^1].Applied.Select(d => d.ToString()));
        configuration.Reload();
        Assert.Empty(results[^1].Applied);
        Assert.Equal(5, SignalsNow.Of(engine).Intensity.CvMax);
    }

    [Theory]
    [InlineData(null, "is gone, empty or cannot be read")]
    [InlineData("LowLatancy", "has lost the group LowLatency; it has LowLatancy: write LowLatency")]
    [InlineData("Logging", "has lost the group LowLatency; put it back")]
    public async Task Should_Stay_As_It_Is_When_The_File_Or_Its_Group_Is_Gone_And_Follow_It_When_It_Is_Back(string? group, string reason)
    {
        // Another source has the group too, as the host's command line does: the file's loss must show all the same.
        using IHost host = Host(out ConcurrentQueue<string> log, KeyValuePair.Create<string, string?>("LowLatency:engine:input_slots", "1024"));
        Task<SettingsReloadResult> lost = NextAsync(host, r => r.Ignored is not null);
        await host.StartAsync(TestContext.Current.CancellationToken);
        if (group is null) File.Delete(_folder.PathOf("settings.json"));
        else Write(Start.Replace("LowLatency", group, StringComparison.Ordinal));
        SettingsReloadResult result = await lost;
        Assert.Contains("settings.json", result.Ignored, StringComparison.Ordinal);
        Assert.Contains(reason, result.Ignored, StringComparison.Ordinal);
        Assert.Empty(result.Applied);
        Assert.Empty(result.NeedRestart);
        Task<SettingsReloadResult> back = NextAsync(host, r => r.Applied.Count > 0);
        Write(Start.Replace("\"path_trades\": 5", "\"path_trades\": 6", StringComparison.Ordinal));
        // Only what is new: nothing was reset in between.
        Assert.Equal("intensity.path_trades from 5 to 6", Assert.Single((await back).Applied).ToString());
        await host.StopAsync(TestContext.Current.CancellationToken);
        Assert.Single(log, l => l.StartsWith("Warning: The configuration has changed and does not count; the engine goes on with the settings it has: ", StringComparison.Ordinal));
    }

    private IHost Host(out ConcurrentQueue<string> log, params KeyValuePair<string, string?>[] besides)
    {
        Write(Start);
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddJsonFile(_folder.PathOf("settings.json"), optional: false, reloadOnChange: true).AddInMemoryCollection(besides);
        var lines = new LogLines();
        log = lines.Lines;
        builder.Logging.AddProvider(lines);
        builder.Services.AddLowLatency(builder.Configuration);
        return builder.Build();
    }

    private void Write(string text)
    {
        // In one step: a reader sees the old file or the new one.
        File.WriteAllText(_folder.PathOf("next.json"), text);
        File.Move(_folder.PathOf("next.json"), _folder.PathOf("settings.json"), overwrite: true);
    }

    private static async Task<SettingsReloadResult> NextAsync(IHost host, Func<SettingsReloadResult, bool> wanted)
    {
        var found = new TaskCompletionSource<SettingsReloadResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Services.GetRequiredService<SettingsReload>().Reloaded += r =>
        {
            if (wanted(r)) found.TrySetResult(r);
        };
        return await found.Task.WaitAsync(EngineRun.Patience, TestContext.Current.CancellationToken);
    }

    private sealed record SignalsNow(IntensitySettings Intensity, ReversalSettings Reversals)
    {
        public static SignalsNow Of(MarketEngine engine)
        {
            SignalsNow? found = null;
            engine.SignalLine!.Edit((intensity, reversals, _) => found = new SignalsNow(intensity, reversals));
            return found!;
        }
    }
}
