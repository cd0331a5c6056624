using LowLatency.Engine.Replay;
using LowLatency.Engine.Settings;

namespace LowLatency.Engine.Tests.Replay;

public class RealFileTests
{
    private static readonly string[] Intervals = ["1s", "10s", "1m", "5m", "15m", "1h", "4h", "1d"];

    [Fact]
    public void Should_Replay_Spy_As_Plain_Rules_Have_It() => Check("us_equity_spy_trades_20131008.csv.gz", 451_545, ["SPY"]);

    [Fact]
    public void Should_Replay_Perpetuals_As_Plain_Rules_Have_It() =>
        Check("crypto_binance_perp_20240719_20240808.csv.gz", 318_380, ["BTCUSDT", "ETHUSDT", "BTCUSD_PERP", "ETHUSD_PERP"]);

    private static void Check(string name, long rows, string[] symbols)
    {
        string file = SharedFiles.Find($"data/ticks/{name}");
        using var folder = new TemporaryFolder();
        ReplaySummary written = ReplayRun.Run(ReplayRun.Settings(file), folder.PathOf("out")).Summary;
        Assert.Equal(rows, written.Rows);
        Assert.Equal(rows, ReplayRun.Buckets(written));
        LowLatencySettings other = ReplayRun.Settings(file);
        other.Engine.Batch = 7;
        Assert.Equal(written.OutputHash, ReplayRun.Run(other).Summary.OutputHash);
        var naive = new NaiveReplay(file, Intervals);
        Assert.Equal(symbols.Order(), naive.Symbols.Order());
        BarFiles.ShouldEqual(naive, folder.PathOf("out"), Intervals);
    }
}
