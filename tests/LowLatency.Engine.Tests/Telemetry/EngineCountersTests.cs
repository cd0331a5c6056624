using LowLatency.Analytics.Alerts;
using LowLatency.Core.Clocks;
using LowLatency.Core.Counters;
using LowLatency.Engine.Pipeline;
using LowLatency.Engine.Settings;
using LowLatency.Engine.Telemetry;
using LowLatency.Engine.Tests.Embedding;
using LowLatency.Market.Records;
using LowLatency.Market.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace LowLatency.Engine.Tests.Telemetry;

public sealed class EngineCountersTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("counters-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Should_Show_Another_Mapping_What_The_Engine_Says_Of_Itself()
    {
        TickRecord[] script = [.. Enumerable.Range(0, 1000).Select(i => Ticks.Trade(Ticks.Start + (i * 10_000_000L), 100 + (i % 7), 1, (uint)(i % 4), (ulong)i + 1))];
        using MarketEngine engine = Make(Settings(), script);
        using CountersSource source = CountersSource.Open(engine.CountersPath!);
        Assert.Equal((0, Environment.ProcessId), (ValueOf(source, EngineCounterTypes.State), source.ProcessId));
        engine.Start();
        await engine.Drained.WaitAsync(EngineRun.Patience, TestContext.Current.CancellationToken);
        engine.Stop();
        // The sampling thread brings up to date, soon, what the pipeline does not write itself.
        Assert.True(SpinWait.SpinUntil(() => ValueOf(source, EngineCounterTypes.State) == (long)EngineState.Stopped && ValueOf(source, EngineCounterTypes.Published) == engine.Published, EngineRun.Patience));

        Assert.Equal(1000, ValueOf(source, EngineCounterTypes.FeedRecords));
        Assert.Equal(1000, ValueOf(source, EngineCounterTypes.Handled));
        Assert.Equal(engine.Normalization.Accepted, ValueOf(source, EngineCounterTypes.Accepted));
        Assert.Equal(engine.Normalization.RejectedTotal, source.Counters.ReadAll().Where(c => c.TypeId == EngineCounterTypes.Rejected).Sum(c => c.Value));
        Assert.Equal(engine.Bars.Closed, ValueOf(source, EngineCounterTypes.BarsClosed));
        Assert.Equal((1000L, 1000L, 0L, 1024L), (ValueOf(source, EngineCounterTypes.ProducerPosition), ValueOf(source, EngineCounterTypes.ConsumerPosition), ValueOf(source, EngineCounterTypes.InputLag), ValueOf(source, EngineCounterTypes.InputSlots)));
        Assert.Equal(engine.Streams.Ring.Position, ValueOf(source, EngineCounterTypes.PublishedBytes));
        Assert.Equal(engine.Timings.Total.Count, ValueOf(source, EngineCounterTypes.Batches));
        Assert.InRange(ValueOf(source, EngineCounterTypes.CycleMaxNs), 1, ValueOf(source, EngineCounterTypes.BusyNs));
        // The stages' times leave no gap.
        Assert.Equal(ValueOf(source, EngineCounterTypes.BusyNs), source.Counters.ReadAll().Where(c => c.TypeId == EngineCounterTypes.StageBusyNs).Sum(c => c.Value));
        Assert.All(source.Counters.ReadAll().Where(c => c.TypeId == EngineCounterTypes.StageMaxNs), c => Assert.InRange(c.Value, 1, ValueOf(source, EngineCounterTypes.CycleMaxNs)));
        long indicators = RecordsOf(source, "indicators");
        long signals = RecordsOf(source, "signals");
        Assert.Equal([1000L, engine.Published - 1000 - indicators - signals, indicators, signals], source.Counters.ReadAll().Where(c => c.TypeId == EngineCounterTypes.StageRecords).Select(c => c.Value));
        Assert.True(signals > 0);
        Assert.Equal(engine.Signals!.Spikes, ValueOf(source, EngineCounterTypes.Spikes));
        Assert.Equal(engine.Timings.Names, source.Counters.ReadAll().Where(c => c.TypeId == EngineCounterTypes.StageMaxNs).Select(c => c.Label.Split(' ', ':')[1]));
        Assert.Equal(0, ValueOf(source, EngineCounterTypes.Errors));

        engine.Dispose();
        Assert.Equal(ProcessState.Stopped, source.StateAt(0));
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public async Task Should_Count_And_Keep_What_A_Stage_Throws()
    {
        TickRecord[] script = [.. Enumerable.Range(0, 10).Select(i => Ticks.Trade(Ticks.Start + i, 100, 1, 0, (ulong)i + 1))];
        string path;
        using (MarketEngine engine = Make(Settings(), script, new FailingStage()))
        {
            engine.Start();
            await engine.Drained.WaitAsync(EngineRun.Patience, TestContext.Current.CancellationToken);
            engine.Stop();
            path = engine.CountersPath!;
            using CountersSource running = CountersSource.Open(path);
            Assert.Equal(engine.StageFailures, ValueOf(running, EngineCounterTypes.Errors));
            Assert.Equal(engine.StageFailures, Assert.Single(running.ReadErrors()).Observations);
        }

        // What went wrong can still be read when the engine has stopped.
        using CountersSource ended = CountersSource.Open(path);
        Assert.Equal(ProcessState.Stopped, ended.StateAt(0));
        Assert.StartsWith($"stage {new FailingStage().Name}: ", Assert.Single(ended.ReadErrors()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Let_A_Desk_Count_Too()
    {
        using MarketEngine engine = Make(Settings(), []);
        Counter own = engine.Counters!.Allocate(EngineCounterTypes.Last + 1, "desk: orders");
        own.Increment();
        using CountersSource source = CountersSource.Open(engine.CountersPath!);
        Assert.Equal(1, ValueOf(source, EngineCounterTypes.Last + 1));
    }

    [Theory]
    [InlineData("role", "../x", "counters.role: '../x' is no role; write 1 to 44 letters, digits and '-'")]
    [InlineData("interval_ms", "5", "counters.interval_ms: 5 is out of range; allowed is 10 to 1000")]
    [InlineData("capacity", "10", "counters.capacity: 10 is out of range; allowed is 128 to 65536")]
    public void Should_Name_Mistakes_Of_Settings(string name, string value, string mistake)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create($"LowLatency:counters:{name}", (string?)value)]).Build();
        Assert.Equal([mistake], Assert.Throws<SettingsException>(() => LowLatencySettings.Read(configuration)).Mistakes);
    }

    [Fact]
    public void Should_Have_None_When_They_Are_Switched_Off()
    {
        LowLatencySettings settings = Settings();
        settings.Counters.Enabled = false;
        using MarketEngine engine = Make(settings, []);
        Assert.Null(engine.Counters);
        Assert.Null(engine.CountersPath);
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public void Should_Refuse_A_Folder_That_Is_A_File_And_Leave_Nothing_Behind()
    {
        LowLatencySettings settings = Settings();
        settings.Counters.Directory = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(settings.Counters.Directory, "mine");
        SettingsException refused = Assert.Throws<SettingsException>(() => Make(settings, []));
        Assert.StartsWith("counters.directory: ", Assert.Single(refused.Mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Say_That_There_Are_Too_Few_Counters_For_The_Stages()
    {
        LowLatencySettings settings = Settings();
        settings.Counters.Capacity = 60;
        SettingsException refused = Assert.Throws<SettingsException>(() => Make(settings, [], [.. Enumerable.Range(0, 10).Select(_ => new FailingStage())]));
        Assert.Contains("counters.capacity: There is no room for the counter 'stage ", Assert.Single(refused.Mistakes), StringComparison.Ordinal);
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public void Should_Have_A_Type_For_Totals_And_One_For_Levels()
    {
        using MarketEngine engine = Make(Settings(), []);
        using CountersSource source = CountersSource.Open(engine.CountersPath!);
        Assert.All(source.Counters.ReadAll(), c => Assert.InRange(c.TypeId, EngineCounterTypes.FirstTotal, EngineCounterTypes.Last));
        Assert.All(source.Counters.ReadAll().Where(c => c.Label.Contains("longest", StringComparison.Ordinal)), c => Assert.False(EngineCounterTypes.IsTotal(c.TypeId)));
        Assert.True(EngineCounterTypes.IsTotal(EngineCounterTypes.Published) && EngineCounterTypes.IsSampled(EngineCounterTypes.Published));
        Assert.True(EngineCounterTypes.IsTotal(EngineCounterTypes.Handled) && !EngineCounterTypes.IsSampled(EngineCounterTypes.Handled));
    }

    [Fact]
    public async Task Should_Count_Alerts_Where_There_Are_Rules()
    {
        LowLatencySettings settings = Settings();
        settings.Alerts = [new AlertSettings { Rule = "price > 0", CooldownSeconds = 1 }, new AlertSettings { Rule = "spread_bps > 1 for 1s" }, new AlertSettings { Rule = "price crosses vwap on 1s", CooldownSeconds = 60 }];
        using MarketEngine engine = Make(settings, Pipeline.MarketScript.Make(3, 1000));
        using CountersSource source = CountersSource.Open(engine.CountersPath!);
        engine.Start();
        await engine.Drained.WaitAsync(EngineRun.Patience, TestContext.Current.CancellationToken);
        engine.Stop();
        Assert.True(SpinWait.SpinUntil(() => ValueOf(source, EngineCounterTypes.Alerts) == engine.Alerts!.Said && ValueOf(source, EngineCounterTypes.AlertsSuppressed) == engine.Alerts.Suppressed, EngineRun.Patience));
        Assert.True(engine.Alerts!.Said > 0 && engine.Alerts.Suppressed > 0);
        Assert.Equal(engine.Alerts.Said, RecordsOf(source, "alerts"));
        Assert.Equal(engine.Timings.Names, source.Counters.ReadAll().Where(c => c.TypeId == EngineCounterTypes.StageMaxNs).Select(c => c.Label.Split(' ', ':')[1]));
    }

    private static long ValueOf(CountersSource source, int typeId) => source.Counters.ReadAll().Where(c => c.TypeId == typeId).Select(c => c.Value).Single();

    private static long RecordsOf(CountersSource source, string stage) => source.Counters.ReadAll().Single(c => c.Label.StartsWith($"stage {stage}: records", StringComparison.Ordinal)).Value;

    private static MarketEngine Make(LowLatencySettings settings, TickRecord[] script, params IPipelineStage[] stages) =>
        new(settings, stages, [context => new ScriptedFeed(context, script, 16, "A", "B", "C", "D")], SystemClock.Instance, NullLogger<MarketEngine>.Instance);

    private LowLatencySettings Settings()
    {
        LowLatencySettings settings = EngineRun.Settings();
        settings.Counters.Directory = _folder.FullName;
        settings.Counters.IntervalMs = 10;
        return settings;
    }
}
