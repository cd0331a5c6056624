using LowLatency.Engine.Settings;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Engine.Tests.Replay;

/// <summary>Intensity, spikes and reversals as a replay writes them, against golden values.</summary>
public class SignalGoldenTests
{
    private const string Own = "Golden/signals";

    // What the reference says of bars that are not of time is another test's affair.
    private static readonly string[] Groups = ["intensity.", "reversals.", "normalization."];

    [Theory]
    [InlineData("btcusdt_perp", "BTCUSDT", "default")]
    [InlineData("btcusdt_perp", "BTCUSDT", "fast")]
    [InlineData("btcusdt_perp", "BTCUSDT", "sma")]
    [InlineData("btcusdt_perp", "BTCUSDT", "zlma")]
    [InlineData("btcusdt_perp", "BTCUSDT", "lambda2")]
    [InlineData("btcusdt_perp", "BTCUSDT", "small")]
    [InlineData("btcusdt_perp", "BTCUSDT", "spec0")]
    [InlineData("spy_20131008", "SPY", "default")]
    [InlineData("spy_20131008", "SPY", "fast")]
    [InlineData("spy_20131008", "SPY", "spec0")]
    [InlineData("synthetic", "SYN", "default")]
    [InlineData("synthetic", "SYN", "fast")]
    [InlineData("synthetic", "SYN", "sma")]
    [InlineData("synthetic", "SYN", "zlma")]
    [InlineData("synthetic", "SYN", "small")]
    public void Should_Write_The_Golden_Signals(string set, string symbol, string variant)
    {
        string golden = SharedFiles.Find($"golden/stream/{set}");
        string compare = SharedFiles.Find("tools/compare_golden.py");
        (_, string flags) = Python.Run(SharedFiles.Find("tools/golden_settings.py"), Path.Combine(golden, "settings.json"), variant);
        IEnumerable<string> sets = flags.Split('\n').Where(l => l.Length > 0).Select(l => l["--set ".Length..]).Where(l => Groups.Any(g => l.StartsWith(g, StringComparison.Ordinal)));
        using var folder = new TemporaryFolder();
        ReplayRun.Run(Settings(Path.Combine(golden, "input.csv.gz"), symbol, sets), folder.PathOf("out"));
        string[] name = variant == "default" ? [] : ["--variant", variant];
        (int exitCode, string told) = Python.Run([compare, folder.PathOf($"out/{symbol}"), golden, .. name, "--files", "intensity*", "spikes*", "reversals*"]);
        Assert.True(exitCode == 0, told);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(256)]
    public void Should_Write_The_Repositorys_Own_Golden_Signals_To_The_Bit(int batch)
    {
        string golden = Path.Combine(AppContext.BaseDirectory, Own);
        using var folder = new TemporaryFolder();
        LowLatencySettings settings = Settings(Path.Combine(golden, "input.csv"), "GOLD", File.ReadLines(Path.Combine(golden, "settings.txt")));
        settings.Engine.Batch = batch;
        ReplayRun.Run(settings, folder.PathOf("out"));
        foreach (string name in new[] { "intensity.csv", "spikes.csv", "reversals.csv" })
            Assert.Equal(File.ReadAllLines(Path.Combine(golden, name)), File.ReadAllLines(folder.PathOf($"out/GOLD/{name}")));
    }

    [Fact]
    public void Should_Signal_The_Same_When_The_Timeframes_Are_Not_Published()
    {
        string golden = Path.Combine(AppContext.BaseDirectory, Own);
        using var folder = new TemporaryFolder();
        LowLatencySettings settings = Settings(Path.Combine(golden, "input.csv"), "GOLD", File.ReadLines(Path.Combine(golden, "settings.txt")));
        settings.Bars.Intervals = ["5m"];
        ReplayRun.Run(settings, folder.PathOf("out"));
        Assert.Equal(File.ReadAllLines(Path.Combine(golden, "reversals.csv")), File.ReadAllLines(folder.PathOf("out/GOLD/reversals.csv")));
        Assert.False(File.Exists(folder.PathOf("out/GOLD/bars_1s.csv")));
    }

    [Fact]
    public void Should_Compute_No_Signals_When_They_Are_Off()
    {
        string golden = Path.Combine(AppContext.BaseDirectory, Own);
        using var folder = new TemporaryFolder();
        LowLatencySettings settings = Settings(Path.Combine(golden, "input.csv"), "GOLD", ["intensity.enabled=false"]);
        Assert.Empty(ReplayRun.Run(settings, folder.PathOf("out")).Summary.Signals);
        Assert.Single(File.ReadAllLines(folder.PathOf("out/GOLD/intensity.csv")));
    }

    [Fact]
    public void Should_Count_The_Signals_In_The_Summary()
    {
        string golden = Path.Combine(AppContext.BaseDirectory, Own);
        IReadOnlyDictionary<string, long> signals = ReplayRun.Run(Settings(Path.Combine(golden, "input.csv"), "GOLD", File.ReadLines(Path.Combine(golden, "settings.txt")))).Summary.Signals;
        string[] reversals = [.. File.ReadLines(Path.Combine(golden, "reversals.csv")).Skip(1).Select(l => l.Split(',')[2])];
        Assert.Equal(File.ReadLines(Path.Combine(golden, "spikes.csv")).Count() - 1, signals["spikes"]);
        for (int version = 1; version <= 4; version++)
        {
            Assert.True(signals[$"reversals_v{version}"] > 0);
            Assert.Equal(reversals.Count(r => r == $"v{version}"), signals[$"reversals_v{version}"]);
        }
    }

    private static LowLatencySettings Settings(string file, string symbol, IEnumerable<string> sets)
    {
        Dictionary<string, string?> values = sets.Where(s => s.Length > 0).Select(s => s.Split('=', 2)).ToDictionary(s => $"LowLatency:{s[0].Replace('.', ':')}", s => (string?)s[1]);
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        return LowLatencySettings.Read(configuration, settings =>
        {
            LowLatencySettings replay = ReplayRun.Settings(file);
            (settings.Feed, settings.Engine) = (replay.Feed, replay.Engine);
            settings.Bars.OpenEveryMs = 0;
            settings.Feed.Replay.Symbol = symbol;
        });
    }
}
