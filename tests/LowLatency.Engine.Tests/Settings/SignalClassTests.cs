using LowLatency.Analytics.Intensity;
using LowLatency.Core.Clocks;
using LowLatency.Engine.Settings;
using LowLatency.Engine.Tests.Pipeline;
using LowLatency.Market.Records;
using LowLatency.Market.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace LowLatency.Engine.Tests.Settings;

/// <summary>Settings of the signals by class of instruments: the instruments of the script are A, B, C and D.</summary>
public class SignalClassTests
{
    private static readonly RecordType[] OfSignals = [RecordType.Intensity, RecordType.Spike, RecordType.Reversal];

    [Theory]
    [InlineData(1, 16)]
    [InlineData(256, 7)]
    public async Task Should_Give_Every_Instrument_What_It_Would_Have_With_The_Settings_Of_Its_Class_For_All(int batch, int chunk)
    {
        TickRecord[] script = MarketScript.Make(21, 6000);
        LowLatencySettings settings = WithClasses();
        settings.Engine.Batch = batch;
        byte[] mixed = (await EngineRun.PublishAsync(settings, script, chunk)).Bytes;
        LowLatencySettings[] apart = [First(), Second(), EngineRun.Settings(), EngineRun.Settings()];
        for (uint instrument = 0; instrument < 4; instrument++)
        {
            byte[] alone = (await EngineRun.PublishAsync(apart[instrument], script)).Bytes;
            byte[][] expected = [.. SignalsOf(alone, instrument)];
            Assert.Equal(expected, SignalsOf(mixed, instrument));
            Assert.Contains(expected, r => PublishedRecords.HeaderOf(r).Type == RecordType.Spike);
        }

        // The classes do differ: what is general gives something else.
        byte[] general = (await EngineRun.PublishAsync(EngineRun.Settings(), script)).Bytes;
        for (uint instrument = 0; instrument < 2; instrument++) Assert.NotEqual(SignalsOf(general, instrument), SignalsOf(mixed, instrument));
    }

    [Fact]
    public async Task Should_Change_All_Classes_At_Once_While_It_Runs()
    {
        TickRecord[] script = MarketScript.Make(22, 3000);
        LowLatencySettings start = WithClasses();
        // At the start the classes say nothing but timeframes, which cannot change.
        start.InstrumentClasses[0].Intensity["window"] = null;
        start.InstrumentClasses[1].Intensity["publish_every_trades"] = null;
        using var engine = new MarketEngine(start, [], [context => new ScriptedFeed(context, script, 16, "A", "B", "C", "D")], SystemClock.Instance, NullLogger<MarketEngine>.Instance);
        LowLatencySettings wanted = WithClasses();
        wanted.Intensity.CvLambda = 0.5;
        engine.ChangeSignals(wanted.Intensity, wanted.Reversals, wanted.InstrumentClasses);
        // What the caller does to its settings afterwards counts for nothing.
        wanted.InstrumentClasses[0].Intensity["window"] = "999";
        engine.Start();
        await engine.Drained.WaitAsync(EngineRun.Patience, TestContext.Current.CancellationToken);
        engine.Stop();

        LowLatencySettings whole = WithClasses();
        whole.Intensity.CvLambda = 0.5;
        (_, string digest) = await EngineRun.PublishAsync(whole, script);
        Assert.Equal(digest, engine.OutputDigest.ToString());
        (_, string before) = await EngineRun.PublishAsync(start, script);
        Assert.NotEqual(before, digest);
    }

    [Fact]
    public async Task Should_Keep_What_The_Classes_Say_When_What_Is_General_Changes()
    {
        TickRecord[] script = MarketScript.Make(23, 3000);
        LowLatencySettings settings = WithClasses();
        using var engine = new MarketEngine(settings, [], [context => new ScriptedFeed(context, script, 16, "A", "B", "C", "D")], SystemClock.Instance, NullLogger<MarketEngine>.Instance);
        IntensitySettings general = settings.Intensity.Copy();
        (general.Window, general.CvLambda) = (50, 2);
        engine.ChangeSignals(general, settings.Reversals);
        engine.Start();
        await engine.Drained.WaitAsync(EngineRun.Patience, TestContext.Current.CancellationToken);
        engine.Stop();

        LowLatencySettings whole = WithClasses();
        (whole.Intensity.Window, whole.Intensity.CvLambda) = (50, 2);
        (_, string digest) = await EngineRun.PublishAsync(whole, script);
        Assert.Equal(digest, engine.OutputDigest.ToString());
    }

    [Fact]
    public void Should_Refuse_A_Wrong_Change_Whole_And_Name_All_Mistakes()
    {
        using var engine = new MarketEngine(WithClasses(), [], [], SystemClock.Instance, NullLogger<MarketEngine>.Instance);
        LowLatencySettings wanted = WithClasses();
        wanted.InstrumentClasses[0].Intensity["window"] = "3";
        wanted.InstrumentClasses[1].Reversals["v2.retrase"] = "0.5";
        wanted.InstrumentClasses[1].Reversals["v3.bars"] = "0";
        Assert.Equal(
            [
                "instrument_classes.0.intensity.recent: 4 is not fewer than intensity.window, 3; some of the window must be older than recent",
                "instrument_classes.1.reversals.v2.retrase: there is no such setting; did you mean retrace?",
                "instrument_classes.1.reversals.v3.bars: 0 is out of range; allowed is 1 to 10000",
            ],
            Mistakes(wanted.InstrumentClasses));
        wanted = WithClasses();
        wanted.InstrumentClasses[1].Reversals["v3.low"] = "2s";
        Assert.Equal(["instrument_classes.1.reversals.v3.low: a timeframe cannot change while it runs, from 10s to 2s; start again with the new one."], Mistakes(wanted.InstrumentClasses));
        Assert.Contains("There are 3 classes", Assert.Single(Mistakes(wanted.InstrumentClasses[..1])), StringComparison.Ordinal);
        wanted = WithClasses();
        wanted.InstrumentClasses[1].Symbols = ["B", "C"];
        Assert.StartsWith("instrument_classes.1.symbols: ", Assert.Single(Mistakes(wanted.InstrumentClasses)), StringComparison.Ordinal);

        IReadOnlyCollection<string> Mistakes(InstrumentClassSettings[] classes) => Assert.Throws<SettingsException>(() => engine.ChangeSignals(WithClasses().Intensity, WithClasses().Reversals, classes)).Mistakes;
    }

    [Theory]
    [InlineData("intensity:window", "1x", "instrument_classes.1.intensity.window: '1x' is not allowed; allowed is a whole number")]
    [InlineData("intensity:window", "100", "instrument_classes.1.intensity.recent: 100 is not fewer than intensity.window, 100")]
    [InlineData("intensity:windows", "100", "instrument_classes.1.intensity.windows: there is no such setting; did you mean window?")]
    [InlineData("intensity:window:x", "100", "instrument_classes.1.intensity.window: is one value, not a group")]
    [InlineData("intensity", "100", "instrument_classes.1.intensity: is a group of settings (enabled, ")]
    [InlineData("intensity:enabled", "false", "instrument_classes.1.intensity.enabled: is for all instruments; write intensity.enabled")]
    [InlineData("intensity:smoothing", "emma", "instrument_classes.1.intensity.smoothing: 'emma' is not allowed; allowed is ema, sma, zlma")]
    [InlineData("reversals:v2:retrace", "-1", "instrument_classes.1.reversals.v2.retrace: -1 is out of range; allowed is 0 to 10")]
    [InlineData("reversals:v2", "1", "instrument_classes.1.reversals.v2: is a group of settings (trades, ")]
    [InlineData("reversals:v4:interval", "10x", "instrument_classes.1.reversals.v4.interval: '10x' is no interval")]
    [InlineData("reversals:v3:high", "5s", "instrument_classes.1.reversals.v3.low: 10s is not shorter than reversals.v3.high, 5s")]
    [InlineData("reversal:v3:high", "5s", "instrument_classes.1.reversal: there is no such setting; did you mean reversals?")]
    public void Should_Check_The_Settings_Of_A_Class_At_The_Start(string name, string value, string mistake)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [
                KeyValuePair.Create("LowLatency:instrument_classes:0:symbols", (string?)"A"),
                KeyValuePair.Create("LowLatency:instrument_classes:0:intensity:window", (string?)"500"),
                KeyValuePair.Create("LowLatency:instrument_classes:1:symbols", (string?)"B"),
                KeyValuePair.Create($"LowLatency:instrument_classes:1:{name}", (string?)value),
            ]).Build();
        Assert.StartsWith(mistake, Assert.Single(Assert.Throws<SettingsException>(() => LowLatencySettings.Read(configuration)).Mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Say_That_The_Timeframes_Are_Too_Many()
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(
            Enumerable.Range(0, 7).SelectMany(i => new[] { KeyValuePair.Create($"LowLatency:instrument_classes:{i}:symbols", (string?)$"S{i}"), KeyValuePair.Create($"LowLatency:instrument_classes:{i}:reversals:v4:interval", (string?)$"{i + 2}s") })).Build();
        Assert.Contains("9 different intervals; there are at most 8", Assert.Single(Assert.Throws<SettingsException>(() => LowLatencySettings.Read(configuration)).Mistakes), StringComparison.Ordinal);
    }

    private static IEnumerable<byte[]> SignalsOf(byte[] published, uint instrument) =>
        PublishedRecords.Split(published).Where(r => OfSignals.Contains(PublishedRecords.HeaderOf(r).Type) && PublishedRecords.HeaderOf(r).Instrument == instrument);

    private static LowLatencySettings WithClasses()
    {
        LowLatencySettings settings = EngineRun.Settings();
        var first = new InstrumentClassSettings { Symbols = ["A*"] };
        first.Intensity["window"] = "25";
        first.Reversals["ema_fast"] = "5";
        var second = new InstrumentClassSettings { Symbols = ["B", "A"] };
        second.Intensity["smoothing"] = "zlma";
        second.Intensity["publish_every_trades"] = "7";
        // Of bars that are not published.
        second.Reversals["v3.low"] = "10s";
        second.Reversals["v3.high"] = "30s";
        second.Reversals["v4.interval"] = "5s";
        settings.InstrumentClasses = [first, second];
        return settings;
    }

    private static LowLatencySettings First()
    {
        LowLatencySettings settings = EngineRun.Settings();
        (settings.Intensity.Window, settings.Reversals.EmaFast) = (25, 5);
        return settings;
    }

    private static LowLatencySettings Second()
    {
        LowLatencySettings settings = EngineRun.Settings();
        (settings.Intensity.Smoothing, settings.Intensity.PublishEveryTrades) = (Smoothing.Zlma, 7);
        (settings.Reversals.V3.Low, settings.Reversals.V3.High, settings.Reversals.V4.Interval) = ("10s", "30s", "5s");
        return settings;
    }
}
