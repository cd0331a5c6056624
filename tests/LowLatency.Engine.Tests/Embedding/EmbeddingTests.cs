using System.Text;
using LowLatency.Core.Rings;
using LowLatency.Engine.Pipeline;
using LowLatency.Feeds;
using LowLatency.Feeds.Settings;
using LowLatency.Market.Records;
using LowLatency.Market.Settings;
using LowLatency.Market.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace LowLatency.Engine.Tests.Embedding;

public class EmbeddingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_Run_The_Simulator_And_A_Stage_In_A_Plain_Host()
    {
        using IHost host = DeskHost.Build(
            e => e.AddStage<BarReader>(), ("feed.kind", "simulator"), ("feed.simulator.speed", "max"), ("feed.simulator.limit", "5000"), ("feed.simulator.start_ns", $"{Ticks.Start}"), ("bars.intervals", "1s;1m"));
        await host.StartAsync(Token);
        await host.Engine().Drained.WaitAsync(EngineRun.Patience, Token);
        Assert.Equal(EngineState.Running, host.Engine().State);
        await host.StopAsync(Token);
        Assert.Equal(EngineState.Stopped, host.Engine().State);
        BarReader reader = host.Services.GetRequiredService<BarReader>();
        Assert.Contains(reader.Closed, b => b is { Symbol: "ALFA", Interval: "1s", Close: > 100 });
        Assert.Equal(host.Engine().Bars.Closed, reader.Closed.Count);
        // The clock beside the simulator gives input records too.
        Assert.True(host.Engine().Taken >= 5000);
    }

    [Fact]
    public async Task Should_Run_A_Feed_Of_The_Desks_And_Publish_On_The_Ring()
    {
        TickRecord[] script = [Ticks.Trade(Ticks.Start, 10), Ticks.Quote(Ticks.Start + 1, 9, 11), Ticks.Trade(Ticks.Start + Ticks.Second, 10.5)];
        using IHost host = DeskHost.Build(
            e => e.AddStage<BarReader>().AddFeed((_, context) => new ScriptedFeed(context, script, 2, "DESK")),
            ("feed.kind", "none"), ("bars.intervals", "1s"), ("bars.open_every_ms", "0"), ("indicators", "sma(1)"));
        PublishedStreams streams = host.Services.GetRequiredService<PublishedStreams>();
        BroadcastReader reader = streams.Ring.AddReader();
        await host.StartAsync(Token);
        await host.Engine().Drained.WaitAsync(EngineRun.Patience, Token);
        await host.StopAsync(Token);
        List<byte[]> records = PublishedRecords.Split(PublishedRecords.WithoutDefinitions(DeskHost.ReadAll(reader)));
        Assert.Equal(
            [RecordType.Trade, RecordType.Intensity, RecordType.Quote, RecordType.Trade, RecordType.Bar, RecordType.Indicator, RecordType.Bar],
            records.Select(r => PublishedRecords.HeaderOf(r).Type));
        Assert.Equal([("DESK", "1s", 10.0)], host.Services.GetRequiredService<BarReader>().Closed);
        Assert.Equal("DESK", streams.Instruments.Symbol(0));
    }

    [Fact]
    public async Task Should_Take_Ticks_From_Several_Threads()
    {
        const int threads = 4;
        const int each = 5000;
        using IHost host = DeskHost.Build(_ => { }, ("feed.kind", "none"), ("engine.input_slots", "256"), ("engine.batch", "64"));
        MarketEngine engine = host.Engine();
        BroadcastReader reader = engine.Streams.Ring.AddReader();
        await host.StartAsync(Token);
        TickWriter writer = engine.CreateWriter();
        await Task.WhenAll(Enumerable.Range(0, threads).Select(t => Task.Run(() => Write(writer, engine, t, each), Token)));
        await host.StopAsync(Token);
        Assert.Equal(threads * each, engine.Taken);
        Assert.Equal(threads * each, engine.Normalization.Accepted);
        // Each thread's ticks are of one instrument, in the order in which it wrote them.
        IEnumerable<IGrouping<uint, TradeRecord>> trades = PublishedRecords.Split(DeskHost.ReadAll(reader))
            .Where(r => PublishedRecords.HeaderOf(r).Type == RecordType.Trade)
            .Select(r => System.Runtime.InteropServices.MemoryMarshal.Read<TradeRecord>(r)).GroupBy(t => t.Header.Instrument);
        Assert.Equal(threads, trades.Count());
        Assert.All(trades, t => Assert.Equal(Enumerable.Range(1, each).Select(i => (double)i), t.Select(r => r.Size)));
    }

    [Fact]
    public async Task Should_Count_A_Stage_That_Throws_And_Go_On()
    {
        TickRecord[] script = [.. Enumerable.Range(0, 100).Select(i => Ticks.Trade(Ticks.Start + (i * Ticks.Second), 10))];
        using IHost host = DeskHost.Build(
            e => e.AddStage<FailingStage>().AddStage<BarReader>().AddFeed((_, context) => new ScriptedFeed(context, script, 7, "DESK")),
            ("feed.kind", "none"), ("bars.intervals", "1s"));
        HealthCheckService health = host.Services.GetRequiredService<HealthCheckService>();
        await host.StartAsync(Token);
        await host.Engine().Drained.WaitAsync(EngineRun.Patience, Token);
        HealthReport report = await health.CheckHealthAsync(Token);
        Assert.Equal(HealthStatus.Degraded, report.Entries["engine"].Status);
        Assert.Contains("the desk's own mistake", report.Entries["engine"].Description, StringComparison.Ordinal);
        await host.StopAsync(Token);
        Assert.Equal(host.Services.GetRequiredService<FailingStage>().Calls, host.Engine().StageFailures);
        Assert.IsType<InvalidOperationException>(host.Engine().LastStageFailure);
        Assert.Equal(99, host.Services.GetRequiredService<BarReader>().Closed.Count);
        Assert.Equal(HealthStatus.Unhealthy, (await health.CheckHealthAsync(Token)).Entries["engine"].Status);
    }

    [Fact]
    public void Should_List_Every_Mistake_With_Its_Path()
    {
        SettingsException thrown = Assert.Throws<SettingsException>(() => DeskHost.Build(
            _ => { },
            ("feed.kind", "simulatr"),
            ("engine.batch", "0"),
            ("engine.input_slots", "1000"),
            ("engine.idel", "yielding"),
            ("bars.intervals", "1s;90x;60s;1m"),
            ("indicators", "sma(20);rsx(14)"),
            ("normalization.outlier_window", "many"),
            ("feed.simulator.instruments", "ALFA price=abc")));
        string[] paths =
            ["feed.kind: 'simulatr'", "engine.batch: 0", "engine.input_slots: 1000", "engine.idel:", "bars.intervals: '90x'", "bars.intervals: 1m and 60s", "indicators.1:", "normalization.outlier_window: 'many'", "feed.simulator:"];
        foreach (string path in paths) Assert.Single(thrown.Mistakes, m => m.StartsWith(path, StringComparison.Ordinal));
        Assert.Equal(paths.Length, thrown.Mistakes.Count);
        Assert.Contains("did you mean idle?", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("512 and 1024", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Tell_How_Many_Instruments_Fit_The_Channels()
    {
        SettingsException thrown = Assert.Throws<SettingsException>(() => DeskHost.Build(
            _ => { }, ("engine.max_instruments", "1000000"), ("indicators", string.Join(';', Enumerable.Range(1, 100).Select(n => $"sma({n})")))));
        Assert.StartsWith("engine.max_instruments: 1000000", Assert.Single(thrown.Mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Take_A_List_From_A_Text_Instead_Of_The_Files_Array()
    {
        using IHost host = DeskHost.Build(_ => { }, ("bars.intervals.0", "1s"), ("bars.intervals.1", "2s"), ("bars.intervals", "5m"), ("feed.kind", "none"));
        Assert.Equal(["5m"], host.Engine().Streams.Channels.Bars.Select(b => b.Name));
    }

    [Fact]
    public void Should_Refuse_A_Stage_That_Asks_For_The_Engine_While_It_Is_Made()
    {
        using IHost host = DeskHost.Build(e => e.AddStage<CircularStage>(), ("feed.kind", "none"));
        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(host.Engine);
        Assert.Contains("finds the streams in its batch", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Refuse_A_Second_Engine_Among_The_Same_Services() =>
        Assert.Throws<InvalidOperationException>(() => DeskHost.Build(e => e.Services.AddLowLatency(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build())));

    [Fact]
    public void Should_Refuse_A_Writer_Beside_A_Single_Producer()
    {
        using IHost fed = DeskHost.Build(_ => { }, ("feed.kind", "simulator"));
        Assert.Contains("simulator", Assert.Throws<InvalidOperationException>(fed.Engine().CreateWriter).Message, StringComparison.Ordinal);
        using IHost single = DeskHost.Build(_ => { }, ("feed.kind", "none"), ("engine.producers", "single"));
        single.Engine().CreateWriter();
        Assert.Throws<InvalidOperationException>(single.Engine().CreateWriter);
        using IHost multi = DeskHost.Build(_ => { }, ("feed.kind", "simulator"), ("engine.producers", "multi"));
        multi.Engine().CreateWriter();
        multi.Engine().CreateWriter();
    }

    [Fact]
    public void Should_Refuse_A_Tick_Of_An_Unknown_Instrument()
    {
        using IHost host = DeskHost.Build(_ => { }, ("feed.kind", "none"));
        TickWriter writer = host.Engine().CreateWriter();
        Assert.Throws<ArgumentException>(() => writer.TryWrite([Ticks.Trade(Ticks.Start, 1, 1, 5)]));
        Assert.Throws<ArgumentException>(() => writer.TryWrite([Ticks.Trade(Ticks.Start, 1, 1, uint.MaxValue - 1)]));
        Assert.True(writer.TryWrite([Ticks.Header(RecordType.Clock, Ticks.Start)]));
    }

    [Fact]
    public async Task Should_Close_Bars_By_A_Clock_That_A_Desk_Adds()
    {
        using IHost host = DeskHost.Build(
            e => e.AddStage<BarReader>().AddFeed((_, context) => new ClockFeed(context, new ClockSettings { IntervalMs = 5 })), ("feed.kind", "none"), ("engine.producers", "multi"), ("bars.intervals", "1s"));
        await host.StartAsync(Token);
        Assert.True(host.Engine().Streams.Instruments.TryGetOrAdd("DESK"u8, out int id));
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1_000_000;
        Assert.True(host.Engine().CreateWriter().TryWrite([Ticks.Trade(now, 10, 1, (uint)id)]));
        await host.Services.GetRequiredService<BarReader>().First.WaitAsync(EngineRun.Patience, Token);
        // Clocks alone have no end.
        Assert.False(host.Engine().Drained.IsCompleted);
        await host.StopAsync(Token);
    }

    private static void Write(TickWriter writer, MarketEngine engine, int thread, int count)
    {
        Assert.True(engine.Streams.Instruments.TryGetOrAdd(Encoding.ASCII.GetBytes($"T{thread}"), out int id));
        var wait = default(SpinWait);
        for (int i = 1; i <= count; i++)
        {
            TickRecord tick = Ticks.Trade(Ticks.Start + i, 100, i, (uint)id);
            while (!writer.TryWrite([tick])) wait.SpinOnce();
        }
    }

    /// <summary>Asks for what cannot be there yet.</summary>
    /// <param name="streams">Made by the engine, which this stage is a part of.</param>
    private sealed class CircularStage(PublishedStreams streams) : IPipelineStage
    {
        public string Name => streams.ToString()!;

        public void Process(in PipelineBatch batch)
        {
        }
    }
}
