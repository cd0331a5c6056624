using System.Diagnostics;
using System.Text.Json;
using LowLatency.Analytics.Bars;
using LowLatency.Engine.Replay;
using LowLatency.Engine.Settings;

namespace LowLatency.Engine.Tests.Replay;

/// <summary>Replays the golden inputs that may lie beside the repository, and lets their own tool compare what was written.</summary>
public class GoldenTests
{
    [Theory]
    [InlineData("btcusdt_perp", "", 32_014, 32_014)]
    [InlineData("spy_20131008", "", 150_000, 150_000)]
    [InlineData("synthetic", "", 6_710, 6_352)]
    [InlineData("synthetic", "fill", 6_710, 6_352)]
    [InlineData("synthetic", "grace250ms", 6_710, 6_352)]
    public void Should_Write_The_Golden_Bars_Gaps_And_Outcomes(string set, string variant, long rows, long accepted)
    {
        string golden = SharedFiles.Find($"golden/stream/{set}");
        string tool = SharedFiles.Find("tools/compare_golden.py");
        using var folder = new TemporaryFolder();
        LowLatencySettings settings = SettingsOf(golden, variant);
        ReplaySummary summary = ReplayRun.Run(settings, folder.PathOf("out")).Summary;
        Assert.Equal(rows, summary.Rows);
        Assert.Equal(rows, ReplayRun.Buckets(summary));
        Assert.Equal(accepted, summary.Accepted);
        string[] which = variant.Length == 0 ? ["--files", "bars*", "alt*", "norm.csv", "gaps.csv"] : ["--variant", variant, "--files", "bars*"];
        using Process? python = Start("python3", [tool, folder.PathOf("out/SYMBOL"), golden, .. which]);
        if (python is null) Assert.Skip("There is no python3 to run the comparison with.");
        string told = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        Assert.True(python.ExitCode == 0, told);

        settings.Engine.Batch = 7;
        Assert.Equal(summary.OutputHash, ReplayRun.Run(settings).Summary.OutputHash);
    }

    private static LowLatencySettings SettingsOf(string golden, string variant)
    {
        LowLatencySettings settings = ReplayRun.Settings(Path.Combine(golden, "input.csv.gz"));
        settings.Feed.Replay.Symbol = "SYMBOL";
        settings.Engine.MaxInstruments = 16;
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(golden, "settings.json")));
        JsonElement sizes = document.RootElement.GetProperty("alt");
        settings.Bars.Tick = sizes.GetProperty("tick").GetInt32();
        settings.Bars.Volume = sizes.GetProperty("volume").GetDouble();
        settings.Bars.Dollar = sizes.GetProperty("dollar").GetDouble();
        settings.Bars.PriceRange = sizes.GetProperty("range_").GetDouble();
        settings.Bars.Renko = sizes.GetProperty("renko").GetDouble();
        settings.Bars.ImbalanceTrades = sizes.GetProperty("imbalance_t0").GetInt32();
        settings.Bars.ImbalanceSpan = sizes.GetProperty("imbalance_span").GetInt32();
        if (variant == "fill") settings.Bars.Fill = BarFill.Previous;
        if (variant == "grace250ms") settings.Bars.GraceNs = 250_000_000;
        return settings;
    }

    private static Process? Start(string program, string[] arguments)
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
