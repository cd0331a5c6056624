using System.Diagnostics;
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

    [Theory]
    [InlineData("btcusdt_perp", "BTCUSDT", 32_014)]
    [InlineData("spy_20131008", "SPY", 150_000)]
    public void Should_Write_The_Golden_Bars(string set, string symbol, long rows)
    {
        string golden = SharedFiles.Find($"golden/stream/{set}");
        string tool = SharedFiles.Find("tools/compare_golden.py");
        using var folder = new TemporaryFolder();
        LowLatencySettings settings = ReplayRun.Settings(Path.Combine(golden, "input.csv.gz"));
        settings.Feed.Replay.Symbol = symbol;
        ReplaySummary summary = ReplayRun.Run(settings, folder.PathOf("out")).Summary;
        Assert.Equal(rows, summary.Accepted);
        using Process? python = Start("python3", tool, folder.PathOf($"out/{symbol}"), golden, "--files", "bars*");
        if (python is null) Assert.Skip("There is no python3 to run the comparison with.");
        string told = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        Assert.True(python.ExitCode == 0, told);
    }

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

    private static Process? Start(string program, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
