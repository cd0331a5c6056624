using System.Globalization;
using System.Text.Json;

namespace LowLatency.Host.Tests;

/// <summary>What people and venues get wrong, given to the executable: each is told with what and where, nothing else suffers from it.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Header = "ts_ns,symbol,type,price,size,aggressor";
    private const long Second = 1_000_000_000;
    private const long Start = 1_700_000_000 * Second;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_Reject_Prices_And_Sizes_That_Are_No_Numbers_And_Nothing_Else()
    {
        string[] wrong = ["NaN,1", "nan,1", "Infinity,1", "-inf,1", "1e999,1", "0,1", "-5,1", "100,NaN", "100,inf", "100,-1"];
        string[] good = [.. Rows(200)];
        string file = _folder.Write("bad.csv", [Header, .. good.Take(100), .. wrong.Select(w => $"{Start + (10 * Second)},A,T,{w},1"), .. good.Skip(100)]);
        HostProcess bad = await HostProcess.RunAsync("replay", "--input", file, "--json");
        Assert.Equal(3, bad.ExitCode);
        Assert.Equal(wrong.Length, bad.Errors.Length);
        for (int i = 0; i < wrong.Length; i++) Assert.StartsWith($"{file}({i + 102}): {(i < 7 ? "price" : "size")} ", bad.Errors[i], StringComparison.Ordinal);
        JsonElement summary = Summary(bad);
        Assert.Equal((7, 3, 200), (Rejected(summary, "price"), Rejected(summary, "size"), summary.GetProperty("accepted").GetInt64()));
        // The good rows give what they give alone. (What was rejected is no record on the stream, but the place of later ones in the input has moved: bars are compared.)
        HostProcess alone = await HostProcess.RunAsync("replay", "--input", _folder.Write("good.csv", [Header, .. good]), "--out", _folder.PathOf("alone"));
        Assert.Equal(0, alone.ExitCode);
        await HostProcess.RunAsync("replay", "--input", file, "--out", _folder.PathOf("mixed"));
        Assert.Equal(Bars("alone"), Bars("mixed"));

        string[] Bars(string run) => [.. File.ReadLines(_folder.PathOf($"{run}/A/bars_1s.csv")).Select(line => line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..])];
    }

    [Fact]
    public async Task Should_Go_On_When_Time_Runs_Backwards_By_Days()
    {
        // Ten days, each before the one before, ten minutes of trades each; then two days on.
        IEnumerable<string> days = Enumerable.Range(0, 10).SelectMany(day => Rows(600, Start - (day * 86_400 * Second), Second));
        string file = _folder.Write("back.csv", [Header, .. days, .. Rows(100, Start + (2 * 86_400 * Second), Second)]);
        HostProcess run = await HostProcess.RunAsync("replay", "--input", file, "--out", _folder.PathOf("out"), "--json");
        Assert.Equal(0, run.ExitCode);
        JsonElement summary = Summary(run);
        Assert.Equal((6100, 6100, 5400), (summary.GetProperty("rows").GetInt64(), summary.GetProperty("accepted").GetInt64(), summary.GetProperty("late").GetInt64()));
        Assert.True(summary.GetProperty("too_late").GetInt64() > 5000);
        // Days that are among the last eight still get their bars; each trade is in the last word on its day or counted.
        string[][] rows = [.. File.ReadLines(_folder.PathOf("out/A/bars_1d.csv")).Skip(1).Select(l => l.Split(','))];
        long held = rows.GroupBy(r => r[1]).Sum(g => long.Parse(g.Last()[9], CultureInfo.InvariantCulture));
        Assert.InRange(held, 600 * 7, 6100);
        string[] starts = [.. rows.Select(r => r[1]).Distinct()];
        Assert.True(starts.Length >= 8, string.Join(' ', starts));
    }

    [Fact]
    public async Task Should_Have_Room_For_A_Thousand_Instruments_When_A_Million_Are_Asked_For()
    {
        string file = _folder.PathOf("million.csv");
        await using (StreamWriter writer = File.CreateText(file))
        {
            await writer.WriteLineAsync(Header);
            for (int i = 0; i < 1_000_000; i++) await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Start + i},S{i},T,100,1,1"));
            // Those that have room go on.
            for (int i = 0; i < 1000; i++) await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Start + Second + i},S{i},T,101,1,1"));
        }

        HostProcess run = await HostProcess.RunAsync("replay", "--input", file, "--json", "--set", "engine.max_instruments=1000");
        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith($"{file}(1002): there are more than 1000 instruments; raise engine.max_instruments; the row is left out", run.Errors[0], StringComparison.Ordinal);
        Assert.Equal("… 999,000 unusable rows in all; these are the first 10", run.Errors[^1]);
        JsonElement summary = Summary(run);
        Assert.Equal((1_001_000, 2000, 999_000), (summary.GetProperty("rows").GetInt64(), summary.GetProperty("accepted").GetInt64(), Rejected(summary, "instrument_limit")));
    }

    [Theory]
    [InlineData("indicators=rsii(14)", "indicators.0: 'rsii(14)': there is no indicator 'rsii'; did you mean rsi? known: adl, adosc, ")]
    [InlineData("indicators=sma(20);rsi(1)", "indicators.1: 'rsi(1)': rsi(length): length is a whole number from 2 to 10000, not '1'")]
    [InlineData("indicators=ema(20,seed=frist)", "indicators.0: 'ema(20,seed=frist)': ema: seed is mean or first, not 'frist'")]
    [InlineData("indicators=sma(20);SMA( 20 )", "indicators.1: sma(20) is there twice")]
    [InlineData("indicators=atr(14", "indicators.0: 'atr(14': there is no ')' after the parameters of atr(length), or no comma between them")]
    [InlineData("bars.grace_ns=-1", "bars.grace_ns: -1 is out of range; allowed is 0 to 3600000000000")]
    [InlineData("bars.intervals=1s;10x", "bars.intervals: '10x' is no interval; write a whole number and s, m, h or d, at most 7d")]
    [InlineData("intensity.cv_lamda=2", "intensity.cv_lamda: there is no such setting; did you mean cv_lambda?")]
    [InlineData("intensity.cv_lambda=NaN", "intensity.cv_lambda: 'NaN' is not allowed; allowed is a number")]
    [InlineData("engine.max_instruments=1e6", "engine.max_instruments: '1e6' is not allowed; allowed is a whole number")]
    [InlineData("engine.max_instruments=2000000", "engine.max_instruments: 2000000 is out of range; allowed is 1 to 1000000")]
    [InlineData("engine.batch=9999999999999999999", "engine.batch: '9999999999999999999' is not allowed; allowed is a whole number")]
    [InlineData("instrument_classes=SPY", "instrument_classes: is a list of groups of settings (symbols, calendar, outlier_log_return, intensity, reversals), not the value 'SPY'; write instrument_classes.0.symbols and so on")]
    [InlineData("instrument_classes.0.intensity.window=5000", "instrument_classes.0.symbols: there are none; write symbols such as SPY or *USDT")]
    [InlineData("enginee.batch=1", "enginee: there is no such setting; did you mean engine?")]
    public async Task Should_Tell_Where_A_Setting_Is_Wrong_And_What_Is_Allowed(string set, string told)
    {
        HostProcess run = await HostProcess.RunAsync("replay", "--input", _folder.Write("good.csv", [Header, .. Rows(3)]), "--set", set);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(told, Assert.Single(run.Errors), StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    private static IEnumerable<string> Rows(int count, long start = Start, long stepNs = 100_000_000) =>
        Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{start + (i * stepNs)},A,T,{100 + (i % 7 * 0.01)},{1 + (i % 5)},1"));

    private static JsonElement Summary(HostProcess run) => JsonDocument.Parse(run.Output[^1]).RootElement;

    private static long Rejected(JsonElement summary, string reason) => summary.GetProperty("rejected").GetProperty(reason).GetInt64();
}
