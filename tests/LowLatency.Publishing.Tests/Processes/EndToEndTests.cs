using System.Globalization;
using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Core.Rings;
using LowLatency.Engine;
using LowLatency.Engine.Publishing;
using LowLatency.Engine.Settings;
using LowLatency.Feeds.Settings;
using LowLatency.Market.Records;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace LowLatency.Publishing.Tests.Processes;

/// <summary>An engine here, the driver and a subscriber in processes of their own: what arrives is what was published, to the byte.</summary>
public sealed class EndToEndTests
{
    [Fact]
    public async Task Should_Bring_A_Whole_Day_Of_Spy_To_Another_Process_To_The_Byte()
    {
        const string file = "data/ticks/us_equity_spy_trades_20131008.csv.gz";
        Assert.SkipUnless(SharedFolder.Find(file) is not null, $"{file} is not beside the repository.");
        (string published, string arrived, long ticks) = await RunAsync(SharedFolder.Find(file)!);
        Assert.Equal(451_545, ticks);
        Assert.Equal(published, arrived);
    }

    [Fact]
    public async Task Should_Bring_A_Replay_To_Another_Process_To_The_Byte()
    {
        using var folder = new MemoryFolder();
        string file = folder.PathOf("ticks.csv");
        await File.WriteAllLinesAsync(file, Rows(), TestContext.Current.CancellationToken);
        (string published, string arrived, long ticks) = await RunAsync(file);
        Assert.Equal(20_000, ticks);
        Assert.Equal(published, arrived);
        Assert.DoesNotContain(" 0:", published.Split(' ')[..4].Aggregate("", (all, part) => $"{all} {part}"), StringComparison.Ordinal);
    }

    private static async Task<(string Published, string Arrived, long Ticks)> RunAsync(string file)
    {
        using var folder = new MemoryFolder();
        string directory = folder.PathOf("aeron");
        using var driver = new RoleProcess("driver", directory);
        Assert.Equal("ready", await driver.LineAsync());
        using var subscriber = new RoleProcess("subscribe", directory);
        Assert.Equal("ready", await subscriber.LineAsync());

        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LowLatency:feed:kind"] = "replay", ["LowLatency:feed:replay:files"] = file, ["LowLatency:counters:enabled"] = "false",
            ["LowLatency:aeron:dir"] = directory, ["LowLatency:aeron:driver"] = "external",
            ["LowLatency:publishing:kind"] = "aeron", ["LowLatency:publishing:slow_subscriber"] = "wait", ["LowLatency:publishing:term_bytes"] = "1048576",
        }).Build();
        using var engine = new MarketEngine(LowLatencySettings.Read(configuration), [], [], SystemClock.Instance, NullLogger<MarketEngine>.Instance);
        using var journal = new EngineJournal(engine, NullLogger<EngineJournal>.Instance);
        using var publishing = new AeronPublishing(engine, SystemClock.Instance, NullLogger<AeronPublishing>.Instance, journal);
        var parker = new Parker();
        var oracle = new Oracle(engine.Streams.Ring.AddGatingReader(parker));
        using AgentRunner runner = AgentRunner.Create("oracle", IdleStrategyKind.BackOff, parker, oracle);
        runner.Start();
        publishing.Start();
        Assert.True(SpinWait.SpinUntil(() => publishing.Publisher!.IsConnected, TimeSpan.FromSeconds(60)));
        engine.Start();
        string arrived = await subscriber.LineAsync();
        await engine.Drained.WaitAsync(TestContext.Current.CancellationToken);
        engine.Stop();
        Assert.True(SpinWait.SpinUntil(() => !oracle.HasWork(), TimeSpan.FromSeconds(60)));
        runner.Dispose();
        Assert.Equal((0L, 0L), (publishing.Publisher!.Dropped, publishing.Publisher.LappedBytes));
        return (oracle.Digests.ToString(), arrived, engine.Taken);
    }

    // A walk of prices with bursts, a gap in the numbers and late trades: something on every stream.
    private static IEnumerable<string> Rows()
    {
        yield return "ts_ns,symbol,type,price,size,trade_id,sequence";
        var random = new Random(5);
        double price = 100;
        long time = 1_700_000_000_000_000_000;
        for (int i = 1; i <= 20_000; i++)
        {
            bool burst = i % 2000 > 1800;
            time += burst ? 1_000_000 : 300_000_000;
            price = Math.Max(1, Math.Round(price + ((random.NextDouble() - (burst ? 0.2 : 0.5)) * 0.2), 2));
            int sequence = i < 10_000 ? i : i + 3;
            yield return string.Create(CultureInfo.InvariantCulture, $"{time},{(i % 3 == 0 ? "A" : "B")},T,{price},{1 + (i % 7)},{i},{sequence}");
        }
    }

    private sealed class Oracle(BroadcastReader reader) : Agent
    {
        private readonly byte[] _room = new byte[64 * 1024];

        public StreamDigests Digests { get; } = new();

        public override string Name => "oracle";

        public override bool HasWork() => reader.HasRecords();

        public override int DoWork()
        {
            int length = reader.Read(_room);
            for (int at = 0; at < length; at += RecordLengths.Of((RecordType)_room[at]))
                Digests.Add(PublishedStreamIds.OutletOf((RecordType)_room[at]), _room.AsSpan(at, RecordLengths.Of((RecordType)_room[at])));
            return length;
        }
    }
}
