using System.Globalization;
using LowLatency.Engine.Settings;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Engine.Tests.Replay;

/// <summary>Bars as a replay writes them, against golden ones that a program of another language made from the rules.</summary>
public class BarGoldenTests
{
    private static readonly string Golden = Path.Combine(AppContext.BaseDirectory, "Golden/bars");

    private static readonly Dictionary<string, string[]> Variants = new(StringComparer.Ordinal)
    {
        ["main"] =
        [
            "bars.intervals=1s;10s;1m;1d", "bars.calendar=us_equities", "bars.tick=7", "bars.volume=30", "bars.dollar=4000", "bars.range=0.09", "bars.renko=0.04", "bars.imbalance_t0=12",
            "bars.imbalance_span=40",
        ],
        ["grace"] = ["bars.intervals=5s;10s", "bars.grace_ns=2000000000"],
        ["fill"] = ["bars.intervals=1h;4h;1d", "bars.fill=previous"],
        ["fx"] = ["bars.intervals=1d;7d", "bars.calendar=fx"],
    };

    [Theory]
    [InlineData("main", 1)]
    [InlineData("main", 7)]
    [InlineData("main", 256)]
    [InlineData("grace", 256)]
    [InlineData("fill", 256)]
    [InlineData("fx", 256)]
    public void Should_Write_The_Golden_Bars(string variant, int batch)
    {
        using var folder = new TemporaryFolder();
        ReplayRun.Run(Settings(Variants[variant], batch), folder.PathOf("out"));
        string[] files = Directory.GetFiles(Path.Combine(Golden, variant));
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            string name = Path.GetFileName(file);
            string[][] expected = Cells(file);
            string[][] actual = Cells(folder.PathOf($"out/GOLD/{name}"));
            Assert.Equal([.. expected[0], "q"], actual[0]);
            Assert.True(expected.Length == actual.Length, $"{variant}/{name}: {actual.Length - 1} bars, not {expected.Length - 1}");
            for (int row = 1; row < expected.Length; row++)
            {
                for (int column = 0; column < expected[0].Length; column++)
                {
                    string what = expected[0][column];
                    Assert.True(IsSame(what, name, expected[row][column], actual[row][column]), $"{variant}/{name}: {what} of bar {row} is {actual[row][column]}, not {expected[row][column]}");
                }
            }
        }
    }

    [Fact]
    public void Should_Hold_What_Bars_Can_Meet()
    {
        string[][] seconds = Cells(Path.Combine(Golden, "main/bars_1s.csv"));
        Assert.Contains(seconds, r => r[3] == "revised" && int.Parse(r[2], CultureInfo.InvariantCulture) > 1);
        // A bar that a late trade made, and one that lost its last trade.
        Assert.Contains(seconds, r => r[3] == "revised" && r[2] == "0");
        Assert.Contains(seconds, r => r[3] == "revised" && r[9] == "0");
        Assert.Contains(Cells(Path.Combine(Golden, "fill/bars_1h.csv")), r => r[3] == "closed" && r[9] == "0");
    }

    private static bool IsSame(string column, string file, string expected, string actual)
    {
        bool isSum = column is "volume" or "vwap" or "buy_volume" or "theta" or "threshold" || (column is "open" or "high" or "low" or "close" && file == "alt_bars_renko.csv");
        if (column is "at_row" or "start_ns" or "end_ns" or "rev" or "state" or "count" or "level") return expected == actual;
        if (expected.Length == 0 || actual.Length == 0) return expected == actual;
        double wanted = double.Parse(expected, CultureInfo.InvariantCulture);
        double found = double.Parse(actual, CultureInfo.InvariantCulture);
        return isSum ? Math.Abs(found - wanted) <= 1e-12 * Math.Abs(wanted) : found == wanted;
    }

    private static string[][] Cells(string path) => [.. File.ReadLines(path).Select(line => line.Split(','))];

    private static LowLatencySettings Settings(IEnumerable<string> sets, int batch)
    {
        Dictionary<string, string?> values = sets.Select(s => s.Split('=', 2)).ToDictionary(s => $"LowLatency:{s[0].Replace('.', ':')}", s => (string?)s[1]);
        return LowLatencySettings.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), settings =>
        {
            LowLatencySettings replay = ReplayRun.Settings(Path.Combine(Golden, "input.csv"));
            (settings.Feed, settings.Engine) = (replay.Feed, replay.Engine);
            settings.Engine.Batch = batch;
            settings.Bars.OpenEveryMs = 0;
            settings.Feed.Replay.Symbol = "GOLD";
        });
    }
}
