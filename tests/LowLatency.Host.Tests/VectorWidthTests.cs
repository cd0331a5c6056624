using System.Globalization;
using System.Text.Json;

namespace LowLatency.Host.Tests;

/// <summary>
/// The whole chain gives the same bits on processors with 512-bit vectors, with 256-bit ones, and with none: every indicator with every convention, on bars of all kinds, and the
/// signals, by class of instruments, on a stream with late trades, cancels, corrections, outliers, gaps and several venues.
/// </summary>
public sealed class VectorWidthTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_Publish_The_Same_Whatever_The_Width()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "env is not installed");
        string file = _folder.Write("stream.csv", ["ts_ns,symbol,type,price,size,trade_id,ref_id,aggressor,bid,bid_size,ask,ask_size,exchange,seq", .. Stream(new Random(512), 12_000)]);
        string indicators = string.Join(';', Indicators());
        string[] arguments =
        [
            "replay", "--input", file, "--json", "--set", $"indicators={indicators}", "--set", "bars.intervals=1s;5s;30s;10m", "--set", "bars.tick=7", "--set", "bars.volume=40", "--set", "bars.dollar=3000",
            "--set", "bars.range=0.2", "--set", "bars.renko=0.5", "--set", "bars.imbalance_t0=10", "--set", "bars.imbalance_span=50", "--set", "bars.fill=previous", "--set", "bars.open_every_ms=500",
            "--set", "intensity.path_trades=5", "--set", "intensity.smoothing_length=3", "--set", "intensity.window=40", "--set", "intensity.recent=4", "--set", "intensity.publish_every_trades=1",
            "--set", "reversals.v3.low=1s", "--set", "reversals.v3.high=5s", "--set", "reversals.v4.interval=1s", "--set", "instrument_classes.0.symbols=B", "--set", "instrument_classes.0.intensity.smoothing=zlma",
            "--set", "instrument_classes.0.reversals.v4.volume_ratio=1.1",
        ];
        HostProcess wide = await HostProcess.RunAsync(arguments);
        Assert.True(wide.ExitCode == 0, string.Join('\n', wide.Errors));
        JsonElement summary = JsonDocument.Parse(wide.Output[^1]).RootElement;
        // A stream without these would prove nothing of them.
        foreach (string name in (string[])["late", "gaps", "bars", "revisions", "too_late", "cancels", "corrections"]) Assert.True(summary.GetProperty(name).GetInt64() > 50, name);
        Assert.All(summary.GetProperty("signals").EnumerateObject(), signal => Assert.True(signal.Value.GetInt64() > 3, signal.Name));
        foreach (string off in (string[])["DOTNET_EnableAVX512", "DOTNET_EnableAVX2", "DOTNET_EnableHWIntrinsic"])
        {
            HostProcess narrow = await HostProcess.RunWithAsync(off, "0", [.. arguments, "--set", "engine.batch=33"]);
            Assert.Equal((off, Hash(wide)), (off, Hash(narrow)));
        }
    }

    private static string? Hash(HostProcess run) => JsonDocument.Parse(run.Output[^1]).RootElement.GetProperty("output_hash").GetString();

    // All of them, as the document's table names them; a test of the analytics holds the table complete.
    private static IEnumerable<string> Indicators()
    {
        IEnumerable<string> rows = File.ReadLines(Path.Combine(HostProcess.Repository, "docs", "indicators.md")).Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => l.Split('`')[1]);
        foreach (string row in rows)
        {
            string name = row.Split('(')[0];
            yield return name == "hurst" ? "hurst(16)" : name;
            int equals = row.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) continue;
            string option = row[(row.LastIndexOfAny([' ', '('], equals) + 1)..equals];
            foreach (string choice in row[(equals + 1)..^1].Split('/').Skip(1)) yield return $"{name}({option}={choice})";
        }

        yield return "ema(3,rsi(2))";
        yield return "zlma(5,volume)";
    }

    private static IEnumerable<string> Stream(Random random, int count)
    {
        long now = 1_700_000_000_000_000_000;
        decimal[] price = [100, 50, 200];
        long[] sequence = new long[3];
        for (int i = 1; i <= count; i++)
        {
            // Quiet and hurried stretches: spikes need both.
            bool hurried = i / 300 % 4 == 3;
            now += hurried ? random.Next(3_000_000) : random.Next(60_000_000);
            if (random.Next(1500) == 0) now += 20_000_000_000;
            int at = random.Next(3);
            price[at] += random.Next(-3, 4) * (hurried ? 0.02m : 0.01m) + (hurried ? (i / 1200 % 2 == 0 ? 0.02m : -0.02m) : 0);
            string symbol = ((char)('A' + at)).ToString();
            string p = price[at].ToString(CultureInfo.InvariantCulture);
            string size = (random.Next(60) / 10m).ToString(CultureInfo.InvariantCulture);
            sequence[at] += random.Next(30) == 0 ? 3 : 1;
            int aggressor = random.Next(-1, 2);
            long late = random.Next(12) switch { 0 => random.Next(2_000_000_000), 1 => random.NextInt64(40_000_000_000), _ => 0 };
            yield return random.Next(30) switch
            {
                0 => $"{now},{symbol},X,,,,{Math.Max(1, i - random.Next(40))},,,,,,,",
                1 => $"{now},{symbol},C,{p},{size},,{Math.Max(1, i - random.Next(40))},,,,,,,",
                2 => $"{now},{symbol},K,,,,,,,,,,,",
                3 => $"{now},{symbol},T,{(price[at] * 1.3m).ToString(CultureInfo.InvariantCulture)},{size},{i},,{aggressor},,,,,X,",
                < 8 => $"{now},{symbol},Q,,,,,,{(price[at] - 0.01m).ToString(CultureInfo.InvariantCulture)},3,{(price[at] + 0.01m).ToString(CultureInfo.InvariantCulture)},4,{(char)('X' + random.Next(3))},",
                _ => $"{now - late},{symbol},T,{p},{size},{i},,{aggressor},,,,,X,{sequence[at]}",
            };
        }
    }
}
