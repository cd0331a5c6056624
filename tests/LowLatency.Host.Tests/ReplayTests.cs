using System.Globalization;
using System.Text.Json;

namespace LowLatency.Host.Tests;

public sealed class ReplayTests : IDisposable
{
    private const string Header = "ts_ns,symbol,type,price,size,aggressor";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_End_With_A_Summary_Whose_Buckets_Add_Up()
    {
        string file = _folder.Write("good.csv", [Header, .. Rows(500)]);
        HostProcess run = await HostProcess.RunAsync("replay", "--input", file, "--out", _folder.PathOf("out"), "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Errors);
        JsonElement summary = Summary(run);
        Assert.Equal(500, summary.GetProperty("rows").GetInt64());
        Assert.Equal(500, Buckets(summary));
        foreach (string name in (string[])["late", "gaps", "bars", "signals", "elapsed_seconds", "ticks_per_second", "allocated_bytes_per_tick"]) Assert.True(summary.TryGetProperty(name, out _), name);
        Assert.All(summary.GetProperty("latency_ns").EnumerateObject(), stage => Assert.True(stage.Value.GetProperty("p50").GetInt64() <= stage.Value.GetProperty("max").GetInt64()));
        Assert.Equal(32, summary.GetProperty("output_hash").GetString()!.Length);
        Assert.True(File.Exists(_folder.PathOf("out/A/bars_1s.csv")));
        Assert.Contains(run.Output, line => line.StartsWith("rows", StringComparison.Ordinal) && line.EndsWith("500", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_Say_And_Count_The_Alerts_Of_Rules_On_The_Command_Line()
    {
        string file = _folder.Write("good.csv", [Header, .. Rows(500)]);
        HostProcess run = await HostProcess.RunAsync("replay", "--input", file, "--out", _folder.PathOf("out"), "--json", "--set", "alerts=price > 0; sma(20) crosses price on 1s;price > 1e9", "--set", "engine.batch=7");
        Assert.Equal(0, run.ExitCode);
        Dictionary<string, long> alerts = Summary(run).GetProperty("alerts").EnumerateObject().ToDictionary(a => a.Name, a => a.Value.GetInt64());
        Assert.Contains("\"price > 0\":1,", run.Output[^1], StringComparison.Ordinal);
        Assert.Equal(["price > 0", "sma(20) crosses price on 1s", "price > 1e9"], alerts.Keys);
        Assert.Equal((1, 0), (alerts["price > 0"], alerts["price > 1e9"]));
        Assert.Equal(alerts.Values.Sum(), File.ReadLines(_folder.PathOf("out/A/alerts.csv")).Count() - 1);
        Assert.Contains(run.Output, line => line.StartsWith("alerts", StringComparison.Ordinal) && line.Contains("price > 0: 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_Run_Nothing_When_A_File_Is_Missing()
    {
        string good = _folder.Write("good.csv", [Header, .. Rows(5)]);
        HostProcess run = await HostProcess.RunAsync("replay", "--input", good, _folder.PathOf("missing.csv"), "--out", _folder.PathOf("out"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("missing.csv does not exist", Assert.Single(run.Errors), StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.False(Directory.Exists(_folder.PathOf("out")));
    }

    [Fact]
    public async Task Should_Run_Nothing_When_The_File_Is_A_Folder()
    {
        Directory.CreateDirectory(_folder.PathOf("folder.csv"));
        HostProcess run = await HostProcess.RunAsync("replay", "--input", _folder.PathOf("folder.csv"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("folder.csv cannot be read", Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Process_What_Comes_Before_The_End_Of_A_Truncated_File()
    {
        string file = _folder.WriteTruncated("half.csv.gz", [Header, .. Rows(20_000)]);
        HostProcess run = await HostProcess.RunAsync("replay", "--input", file, "--json");
        Assert.Equal(3, run.ExitCode);
        string problem = Assert.Single(run.Errors);
        Assert.StartsWith($"{file}: truncated gzip after row ", problem, StringComparison.Ordinal);
        JsonElement summary = Summary(run);
        Assert.InRange(summary.GetProperty("rows").GetInt64(), 1, 19_999);
        Assert.Equal(summary.GetProperty("rows").GetInt64(), Buckets(summary));
        Assert.Contains($"row {summary.GetProperty("rows").GetInt64()} ", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("time,symbol,price,size", "the column ts_ns (or event_ns) is missing")]
    [InlineData("ts_ns,symbol,volume", "price and size are not both there")]
    [InlineData("", "expected a header such as ts_ns,symbol,type,price")]
    public async Task Should_Tell_What_Is_Wrong_With_A_Header(string header, string problem)
    {
        string file = header.Length == 0 ? _folder.Write("empty.csv") : _folder.Write("wrong.csv", header, "1,A,1,1");
        HostProcess run = await HostProcess.RunAsync("replay", "--input", file, "--json");
        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith($"{file}: ", Assert.Single(run.Errors), StringComparison.Ordinal);
        Assert.Contains(problem, run.Errors[0], StringComparison.Ordinal);
        Assert.Equal(0, Summary(run).GetProperty("rows").GetInt64());
    }

    [Fact]
    public async Task Should_Name_File_And_Line_And_Process_Good_Rows()
    {
        string good = _folder.Write("good.csv", [Header, .. Rows(10)]);
        string bad = _folder.Write("bad.csv", Header, "1700000100000000000,A,T,1o0,1,1", "1700000100000000001,A,T,100,-3,1", "1700000100000000002,A,T,100,3,1");
        HostProcess run = await HostProcess.RunAsync("replay", "--input", good, "--input", bad, "--json");
        Assert.Equal(3, run.ExitCode);
        Assert.Equal(2, run.Errors.Length);
        Assert.StartsWith($"{bad}(2): price: ", run.Errors[0], StringComparison.Ordinal);
        Assert.Contains("\"1o0\"", run.Errors[0], StringComparison.Ordinal);
        Assert.StartsWith($"{bad}(3): size -3: ", run.Errors[1], StringComparison.Ordinal);
        JsonElement summary = Summary(run);
        Assert.Equal(13, summary.GetProperty("rows").GetInt64());
        Assert.Equal(11, summary.GetProperty("accepted").GetInt64());
        Assert.Equal(1, summary.GetProperty("rejected").GetProperty("malformed").GetInt64());
        Assert.Equal(1, summary.GetProperty("rejected").GetProperty("size").GetInt64());
    }

    [Fact]
    public async Task Should_Name_The_Nearest_Symbol_When_The_One_Asked_For_Is_In_No_File()
    {
        string one = _folder.Write("one.csv", [Header, .. Rows(3), "1700000100000000000,MSFT,T,100,1,1"]);
        string other = _folder.Write("other.csv", [Header, .. Enumerable.Range(0, 12).Select(i => $"170000020000000000{i % 10},SYM{i},T,100,1,1")]);
        HostProcess run = await HostProcess.RunAsync("replay", "--input", one, other, "--symbol", "MSTF", "--json");
        Assert.Equal(3, run.ExitCode);
        Assert.Equal(
            "--symbol (feed.replay.symbol) MSTF: none of the 16 rows is of this symbol; did you mean MSFT? the files have A, MSFT, SYM0, SYM1, SYM2, SYM3, SYM4, SYM5, SYM6, SYM7 and 4 more",
            Assert.Single(run.Errors));
        Assert.Equal(16, Summary(run).GetProperty("other_rows").GetInt64());
        HostProcess there = await HostProcess.RunAsync("replay", "--input", one, other, "--symbol", "MSFT");
        Assert.Equal(0, there.ExitCode);
        Assert.Empty(there.Errors);
    }

    [Fact]
    public async Task Should_List_Ten_Problems_And_Tell_How_Many_There_Are()
    {
        string file = _folder.Write("bad.csv", [Header, .. Enumerable.Repeat("1700000000000000000,A,T,0,1,1", 1234)]);
        HostProcess run = await HostProcess.RunAsync("replay", "--input", file);
        Assert.Equal(3, run.ExitCode);
        Assert.Equal(11, run.Errors.Length);
        Assert.StartsWith($"{file}(11): ", run.Errors[9], StringComparison.Ordinal);
        Assert.Contains("1,234 unusable rows in all", run.Errors[10], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Replay_The_Files_Of_The_Command_Line_Alone_And_Take_The_Last_Of_A_Setting()
    {
        string good = _folder.Write("good.csv", [Header, .. Rows(10)]);
        string settings = _folder.Write(
            "settings.json", """{"LowLatency":{"feed":{"replay":{"files":["a.csv","b.csv"]}},"bars":{"intervals":["1s","1m"]},"indicators":["sma(2)"]}}""");
        HostProcess run = await HostProcess.RunAsync(
            "replay", "--config", settings, "--input", good, "--out", _folder.PathOf("out"), "--set", "bars.intervals=1h", "--set", "bars.intervals=5s;10s", "--set", "feed.kind=none");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["bars_10s.csv", "bars_5s.csv"], Directory.GetFiles(_folder.PathOf("out/A"), "bars*").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Rows(int count) =>
        Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{1_700_000_000_000_000_000 + (i * 100_000_000L)},A,T,{100 + (i % 7 * 0.01)},{1 + (i % 5)},1"));

    private static JsonElement Summary(HostProcess run) => JsonDocument.Parse(run.Output[^1]).RootElement;

    private static long Buckets(JsonElement summary) =>
        summary.GetProperty("rejected").EnumerateObject().Sum(r => r.Value.GetInt64())
        + ((string[])["accepted", "duplicates", "suspects_pending", "cancels", "corrections", "other_rows"]).Sum(name => summary.GetProperty(name).GetInt64());
}
