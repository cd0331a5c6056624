using System.Runtime.InteropServices;
using LowLatency.Analytics.Alerts;
using LowLatency.Core.Clocks;
using LowLatency.Engine.Settings;
using LowLatency.Market.Records;
using LowLatency.Market.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace LowLatency.Engine.Tests.Pipeline;

public class AlertPublicationTests
{
    private static readonly TickRecord[] Script = MarketScript.Make(7, 4000, outliers: false);

    [Theory]
    [InlineData(1, 5)]
    [InlineData(7, 64)]
    [InlineData(256, 1000)]
    public async Task Should_Publish_The_Same_Bytes_Whatever_The_Batches(int batch, int chunk)
    {
        (byte[] expected, string digest) = await EngineRun.PublishAsync(Settings(), Script);
        LowLatencySettings settings = Settings();
        settings.Engine.Batch = batch;
        (byte[] bytes, string actual) = await EngineRun.PublishAsync(settings, Script, chunk);
        Assert.True(bytes.AsSpan().SequenceEqual(expected), $"The first difference is at {bytes.AsSpan().CommonPrefixLength(expected)} of {expected.Length}.");
        Assert.Equal(digest, actual);
    }

    [Fact]
    public async Task Should_Leave_Everything_Else_As_It_Is_Without_Rules_And_Stand_Behind_It_At_Each_Cause()
    {
        (byte[] without, _) = await EngineRun.PublishAsync(EngineRun.Settings(), Script);
        (byte[] with, _) = await EngineRun.PublishAsync(Settings(), Script);
        List<byte[]> records = PublishedRecords.Split(with);
        Assert.Equal(PublishedRecords.Split(without), records.Where(r => PublishedRecords.HeaderOf(r).Type != RecordType.Alert));

        Dictionary<long, long> causeOf = Script.Select((t, i) => (t.Header.ReceiveNs, i)).ToDictionary(p => p.ReceiveNs, p => (long)p.i);
        var fired = new HashSet<uint>();
        for (int i = 0; i < records.Count; i++)
        {
            if (PublishedRecords.HeaderOf(records[i]).Type != RecordType.Alert) continue;
            AlertRecord alert = MemoryMarshal.Read<AlertRecord>(records[i]);
            fired.Add(alert.Alert);
            Assert.Equal(alert.Input, causeOf[alert.Header.ReceiveNs]);
            RecordHeader next = PublishedRecords.HeaderOf(records[i + 1]);
            Assert.True(next.Type == RecordType.Alert || next.ReceiveNs == 0 || causeOf[next.ReceiveNs] > alert.Input, $"{next.Type} behind an alert of the same record");
        }

        Assert.Equal(Enumerable.Range(0, Settings().Alerts.Length), fired.Order().Select(a => (int)a));
    }

    [Fact]
    public async Task Should_Allocate_Nothing_Once_Warm()
    {
        // The second half is the first one again, later: nothing in it is new to the engine but the time.
        TickRecord[] half = MarketScript.Make(3, 10_000);
        TickRecord[] script = [.. half, .. half.Select(MarketScript.Later)];
        long least = long.MaxValue;
        for (int run = 0; run < 5 && least != 0; run++)
        {
            var stage = new AllocationStage(half.Length + 500);
            await EngineRun.PublishAsync(Settings(), script, 64, stage);
            least = Math.Min(least, stage.Bytes);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public async Task Should_Take_Other_Rules_From_The_Next_Batch_On()
    {
        using MarketEngine engine = Make(Settings(), Script);
        AlertSettings other = new() { Rule = "spread_bps > 1 for 3s" };
        // Before the first batch, so that the change counts for all of them; what the caller does to its settings afterwards counts for nothing.
        engine.ChangeAlerts([other]);
        other.Rule = "gap";
        engine.Start();
        await engine.Drained.WaitAsync(EngineRun.Patience, TestContext.Current.CancellationToken);
        engine.Stop();
        Assert.True(engine.Alerts!.Said > 0);
        Assert.Equal(engine.Alerts.Said, engine.Alerts.Of(engine.Streams.Alerts.Specs.Single(a => a.Rule == "spread_bps > 1 for 3s").Id));

        LowLatencySettings settings = EngineRun.Settings();
        settings.Alerts = [new AlertSettings { Rule = "spread_bps > 1 for 3s" }];
        using MarketEngine same = Make(settings, Script);
        same.Start();
        await same.Drained.WaitAsync(EngineRun.Patience, TestContext.Current.CancellationToken);
        same.Stop();
        Assert.Equal((same.Alerts!.Said, same.Published), (engine.Alerts.Said, engine.Published));
    }

    [Fact]
    public void Should_Refuse_Wrong_Rules_And_An_Engine_Without_Any()
    {
        using MarketEngine engine = Make(Settings(), []);
        Assert.Equal(["alerts.1.rule: at character 1: rsi(21) is not computed: add it to the setting indicators, or take one of sma(1), ema(3)"],
            Assert.Throws<SettingsException>(() => engine.ChangeAlerts([new AlertSettings { Rule = "gap" }, new AlertSettings { Rule = "rsi(21) > 70 on 1s" }])).Mistakes);
        using MarketEngine none = Make(EngineRun.Settings(), []);
        Assert.Null(none.Alerts);
        Assert.DoesNotContain("alerts", none.Timings.Names);
        Assert.Contains("without rules", Assert.Throws<InvalidOperationException>(() => none.ChangeAlerts([])).Message, StringComparison.Ordinal);
    }

    private static LowLatencySettings Settings()
    {
        LowLatencySettings settings = EngineRun.Settings();
        string[] rules =
        [
            "price crosses vwap on 1s", "close > ema(3) and volume > 0.5 on 1s", "spread_bps > 1 for 700ms", "spike begins", "reversal any and price > 0", "close crosses ema(3) on 10s and count > 0 on 10s",
            "smoothed > buffer", "price > 0 for 30s", "ema(3) on 1s > ema(3) on 10s",
        ];
        settings.Alerts = [.. rules.Select(r => new AlertSettings { Rule = r })];
        return settings;
    }

    private static MarketEngine Make(LowLatencySettings settings, TickRecord[] script) =>
        new(settings, [], [context => new ScriptedFeed(context, script, 16, "A", "B", "C", "D")], SystemClock.Instance, NullLogger<MarketEngine>.Instance);
}
