using LowLatency.Core.Clocks;
using LowLatency.Engine.Settings;
using LowLatency.Engine.Tests.Pipeline;
using LowLatency.Market.Records;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace LowLatency.Engine.Tests.Settings;

/// <summary>Rules that change with the configuration while the engine runs.</summary>
public sealed class AlertReloadTests : IDisposable
{
    private readonly List<IDisposable> _open = [];

    public void Dispose()
    {
        foreach (IDisposable one in Enumerable.Reverse(_open)) one.Dispose();
    }

    [Fact]
    public async Task Should_Go_On_With_The_Rules_That_The_Configuration_Has_Now()
    {
        TickRecord[] script = MarketScript.Make(7, 2000, outliers: false);
        (MarketEngine engine, IConfigurationRoot configuration, List<SettingsReloadResult> results) = Make(script, ("alerts:0", "price > 1e9"));
        configuration["LowLatency:alerts:0"] = "price > 0";
        configuration["LowLatency:alerts:1:rule"] = "spread_bps > 1";
        configuration["LowLatency:intensity:cv_lambda"] = "0.25";
        configuration["LowLatency:engine:batch"] = "32";
        configuration.Reload();
        // Said again, they are no change.
        configuration.Reload();
        Assert.Equal(["intensity.cv_lambda from 1 to 0.25", "alerts from 1 members to 2 members", "alerts.0.rule from price > 1e9 to price > 0"], results[0].Applied.Select(d => d.ToString()));
        Assert.Equal(["engine.batch"], results[0].NeedRestart.Select(d => d.Path));
        Assert.Empty(results[1].Applied);
        long[] said = await RunAsync(engine, "price > 1e9", "price > 0", "spread_bps > 1");
        Assert.Equal(0, said[0]);
        Assert.True(said[1] > 0 && said[2] > 0, string.Join(' ', said));
    }

    [Fact]
    public async Task Should_Leave_All_Rules_As_They_Are_When_One_Needs_What_Counts_After_A_Restart()
    {
        TickRecord[] script = MarketScript.Make(7, 2000, outliers: false);
        (MarketEngine engine, IConfigurationRoot configuration, List<SettingsReloadResult> results) = Make(script, ("alerts:0", "price > 0"), ("indicators", "sma(20)"));
        configuration["LowLatency:alerts:0"] = "price > 1";
        configuration["LowLatency:alerts:1"] = "rsi(21) > 70 on 1s";
        configuration["LowLatency:indicators"] = "sma(20);rsi(21)";
        configuration["LowLatency:intensity:cv_lambda"] = "0.25";
        configuration.Reload();
        Assert.Equal(["intensity.cv_lambda"], results[0].Applied.Select(d => d.Path));
        Assert.Equal(["alerts", "alerts.0.rule", "indicators"], results[0].NeedRestart.Select(d => d.Path).Order(StringComparer.Ordinal));
        Assert.Empty(results[0].Mistakes);
        long[] said = await RunAsync(engine, "price > 0", "price > 1");
        Assert.True(said[0] > 0 && said[1] == 0, string.Join(' ', said));
        // Without the rule that waits, the other counts.
        configuration["LowLatency:alerts"] = "price > 1";
        configuration.Reload();
        Assert.Equal(["alerts.0.rule"], results[1].Applied.Select(d => d.Path));
    }

    [Fact]
    public void Should_Refuse_Wrong_Rules_With_Everything_Beside_Them()
    {
        (_, IConfigurationRoot configuration, List<SettingsReloadResult> results) = Make([], ("alerts:0", "price > 0"));
        configuration["LowLatency:alerts:7"] = "prise > 1";
        configuration["LowLatency:intensity:cv_lambda"] = "0.25";
        configuration.Reload();
        Assert.StartsWith("alerts.7.rule: at character 1: there is no value 'prise'; did you mean price?", Assert.Single(results[0].Mistakes), StringComparison.Ordinal);
        Assert.Empty(results[0].Applied);
    }

    [Fact]
    public void Should_Tell_An_Engine_Without_Rules_To_Be_Started_Again()
    {
        (MarketEngine engine, IConfigurationRoot configuration, List<SettingsReloadResult> results) = Make([]);
        configuration["LowLatency:alerts"] = "price > 0";
        configuration.Reload();
        Assert.Null(engine.Alerts);
        Assert.Empty(results[0].Applied);
        Assert.Equal(["alerts from 0 members to 1 members"], results[0].NeedRestart.Select(d => d.ToString()));
    }

    private static async Task<long[]> RunAsync(MarketEngine engine, params string[] rules)
    {
        engine.Start();
        await engine.Drained.WaitAsync(EngineRun.Patience, TestContext.Current.CancellationToken);
        engine.Stop();
        return [.. rules.Select(rule => engine.Streams.Alerts.Specs.SingleOrDefault(a => a.Rule == rule) is { } spec ? engine.Alerts!.Of(spec.Id) : 0)];
    }

    private (MarketEngine Engine, IConfigurationRoot Configuration, List<SettingsReloadResult> Results) Make(TickRecord[] script, params (string Path, string Value)[] settings)
    {
        (string, string)[] all = [("feed:kind", "none"), ("counters:enabled", "false"), ("engine:max_instruments", "64"), ("bars:intervals", "1s;5s;10s;30s;1m"), .. settings];
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(all.Select(s => KeyValuePair.Create($"LowLatency:{s.Item1}", (string?)s.Item2))).Build();
        var engine = new MarketEngine(LowLatencySettings.Read(configuration), [], [context => new ScriptedFeed(context, script, 16, "A", "B", "C", "D")], SystemClock.Instance, NullLogger<MarketEngine>.Instance);
        var reload = new SettingsReload(engine, configuration, NullLogger<MarketEngine>.Instance);
        _open.AddRange([engine, reload]);
        var results = new List<SettingsReloadResult>();
        reload.Reloaded += results.Add;
        reload.Start();
        return (engine, configuration, results);
    }
}
