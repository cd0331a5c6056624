using LowLatency.Analytics.Intensity;
using LowLatency.Analytics.Reversals;
using LowLatency.Core.Clocks;
using LowLatency.Engine.Settings;
using LowLatency.Market.Records;
using LowLatency.Market.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace LowLatency.Engine.Tests.Pipeline;

public class SignalChangeTests
{
    [Fact]
    public async Task Should_Take_Other_Settings_From_The_Next_Batch_On()
    {
        TickRecord[] script = MarketScript.Make(5, 3000);
        LowLatencySettings settings = EngineRun.Settings();
        IntensitySettings other = settings.Intensity.Copy();
        other.PublishEveryTrades = 1;
        using var engine = new MarketEngine(settings, [], [context => new ScriptedFeed(context, script, 16, "A", "B", "C", "D")], SystemClock.Instance, NullLogger<MarketEngine>.Instance);
        // Before the first batch, so that the change counts for all of them; what the caller does to its settings afterwards counts for nothing.
        engine.ChangeSignals(other, settings.Reversals);
        other.PublishEveryTrades = 1_000_000;
        engine.Start();
        await engine.Drained.WaitAsync(EngineRun.Patience, TestContext.Current.CancellationToken);
        engine.Stop();
        long changed = engine.Published;

        settings.Intensity.PublishEveryTrades = 1;
        (_, string digest) = await EngineRun.PublishAsync(settings, script);
        Assert.Equal(digest, engine.OutputDigest.ToString());
        settings.Intensity.PublishEveryTrades = 3;
        (_, string before) = await EngineRun.PublishAsync(settings, script);
        Assert.NotEqual(before, digest);
        Assert.True(changed > 0);
    }

    [Fact]
    public void Should_Tell_All_Mistakes_And_Change_Nothing()
    {
        using MarketEngine engine = Idle(EngineRun.Settings());
        var intensity = new IntensitySettings { PathTrades = 0, CvLambda = double.NaN };
        var reversals = new ReversalSettings { V2 = { Retrace = -1 } };
        IReadOnlyCollection<string> mistakes = Assert.Throws<SettingsException>(() => engine.ChangeSignals(intensity, reversals)).Mistakes;
        Assert.Equal(
            ["intensity.path_trades: 0 is out of range; allowed is 1 to 100000", "intensity.cv_lambda: NaN is no number", "reversals.v2.retrace: -1 is out of range; allowed is 0 to 10"],
            mistakes);
        Assert.Contains("reversals.v3.low", Assert.Throws<SettingsException>(() => engine.ChangeSignals(new IntensitySettings(), new ReversalSettings())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Say_That_There_Are_No_Signals_To_Change()
    {
        LowLatencySettings settings = EngineRun.Settings();
        settings.Intensity.Enabled = false;
        using MarketEngine engine = Idle(settings);
        Assert.Null(engine.Signals);
        Assert.Contains("intensity.enabled", Assert.Throws<InvalidOperationException>(() => engine.ChangeSignals(new IntensitySettings(), settings.Reversals)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("intensity:recent", "1000", "intensity.recent: 1000 is not fewer than intensity.window, 1000")]
    [InlineData("intensity:smoothing", "wma", "intensity.smoothing: 'wma' is not allowed; allowed is ema, sma, zlma")]
    [InlineData("intensity:elapsed_floor_seconds", "0", "intensity.elapsed_floor_seconds: 0 is out of range")]
    [InlineData("reversals:v3:low", "10x", "reversals.v3.low: '10x' is no interval")]
    [InlineData("reversals:v3:high", "10s", "reversals.v3.low: 10s is not shorter than reversals.v3.high, 10s")]
    [InlineData("reversals:v4:intervall", "10s", "reversals.v4.intervall: there is no such setting; did you mean interval?")]
    public void Should_Check_The_Settings_At_The_Start(string name, string value, string mistake)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create($"LowLatency:{name}", (string?)value)]).Build();
        Assert.StartsWith(mistake, Assert.Single(Assert.Throws<SettingsException>(() => LowLatencySettings.Read(configuration)).Mistakes), StringComparison.Ordinal);
    }

    private static MarketEngine Idle(LowLatencySettings settings) => new(settings, [], [], SystemClock.Instance, NullLogger<MarketEngine>.Instance);
}
