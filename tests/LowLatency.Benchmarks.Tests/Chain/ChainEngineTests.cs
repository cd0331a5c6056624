using LowLatency.Benchmarks.Chain;
using LowLatency.Market.Records;

namespace LowLatency.Benchmarks.Tests.Chain;

public sealed class ChainEngineTests
{
    [Fact]
    public void Should_Lead_Every_Tick_Through_All_Stages_And_Give_As_Many_Spikes_Each_Pass()
    {
        using var chain = new ChainEngine();
        Assert.True(chain.Engine.Streams.Instruments.TryGetOrAdd("X"u8, out int id));
        var loop = new TickLoop(MakeTrades((uint)id));
        var spikes = new List<long>();
        long before = 0;
        for (int pass = 0; pass < 4; pass++)
        {
            chain.Run(loop, loop.Length);
            spikes.Add(chain.Engine.Signals!.Spikes - before);
            before = chain.Engine.Signals.Spikes;
        }

        Assert.Equal(4L * loop.Length, chain.Engine.Normalization.Accepted);
        Assert.True(spikes[1] > 0);
        Assert.Equal(spikes[1], spikes[2]);
        Assert.Equal(spikes[1], spikes[3]);
        Assert.Equal(["normalize", "bars", "indicators", "signals", "publish"], chain.StageNs().Select(s => s.Stage).Intersect(["normalize", "bars", "indicators", "signals", "publish"]));
        Assert.All(chain.StageNs(), stage => Assert.True(stage.Ns > 0, stage.Stage));
    }

    // A quiet market that hurries for a moment every 2,500 trades.
    private static TickRecord[] MakeTrades(uint instrument)
    {
        var random = new Random(3);
        var trades = new TickRecord[10_000];
        long time = 1_789_000_000_000_000_000;
        double price = 100;
        for (int i = 0; i < trades.Length; i++)
        {
            bool hurries = i % 2_500 > 2_300;
            time += hurries ? 1_000_000 : 100_000_000;
            price *= 1 + ((hurries ? 1e-4 : 1e-5) * (random.NextDouble() - 0.45));
            trades[i].Header = new RecordHeader { Type = RecordType.Trade, Instrument = instrument, EventNs = time };
            (trades[i].Trade.Price, trades[i].Trade.Size) = (price, 1);
        }

        return trades;
    }
}
